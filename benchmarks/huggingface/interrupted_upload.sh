#!/bin/sh
# Commits 3 files of 1 GB, with a heap of 64 MB, to a simulated Hub in another JVM that hashes them without storing them.
# The committing JVM is killed twice; the third one must complete the commit, and every part is compared with its
# place in the file. interrupted_upload.sh [BYTES_OF_EACH_FILE]
set -e
bytes=${1:-1000000000}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
path=${HUGGINGFACE_CLASSPATH:-$(sh "$here/classpath.sh" "$root")}
work=$(mktemp -d)
mkdir "$work/classes" "$work/data"
javac -proc:none -nowarn -d "$work/classes" -cp "$path" "$here"/src/*.java
for name in one two three; do head -c "$bytes" /dev/urandom > "$work/data/$name.jsonl"; done
mkfifo "$work/pipe"
java -Xmx256m -cp "$work/classes:$path" InterruptedHub "$work" < "$work/pipe" &
hub=$!
exec 3> "$work/pipe"
trap 'exec 3>&-; wait $hub 2>/dev/null; rm -rf "$work"' EXIT
until [ -s "$work/endpoint" ]; do sleep 0.1; done
echo "load: $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
# Killed within the first file, and within the second.
for share in 6 21; do
  java -Xmx64m -cp "$work/classes:$path" InterruptedCommit "$(cat "$work/endpoint")" "$work/data" &
  client=$!
  until [ "$(cat "$work/arrived")" -gt $((bytes * share / 10)) ]; do sleep 0.1; done
  kill -9 $client
  wait $client 2>/dev/null || true
  echo "killed after $(cat "$work/arrived") bytes had arrived"
done
java -Xmx64m -cp "$work/classes:$path" InterruptedCommit "$(cat "$work/endpoint")" "$work/data"
exec 3>&-
wait $hub
