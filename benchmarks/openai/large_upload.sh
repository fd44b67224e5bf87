#!/bin/sh
# Uploads generated training data to a server in another JVM that discards it, with a heap of 64 MB:
# 500 MB in one request, then 2 GB in parts. large_upload.sh [BYTES...]
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
path=${OPENAI_CLASSPATH:-$(sh "$here/classpath.sh" "$root")}
pipe=$(mktemp -u)
mkfifo "$pipe"
port_file=$(mktemp)
java -Xmx256m -cp "$path" dev.finetune4j.providerkit.file.DiscardingServerMain < "$pipe" > "$port_file" &
server=$!
exec 3> "$pipe"
trap 'exec 3>&-; wait $server 2>/dev/null; rm -f "$pipe" "$port_file"' EXIT
until [ -s "$port_file" ]; do sleep 0.1; done
echo "load: $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
[ $# -gt 0 ] || set -- 500000000 2000000000
for bytes in "$@"; do
  java -Xmx64m -cp "$path" dev.finetune4j.providerkit.file.LargeUploadMain "http://127.0.0.1:$(cat "$port_file")/v1" "$bytes"
done
