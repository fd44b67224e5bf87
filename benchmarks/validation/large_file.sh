#!/bin/sh
# Validates a generated gigabyte of chat examples with a heap of 256 MB: large_file.sh [MEGABYTES] [FOLDER]
set -e
megabytes=${1:-1000}
folder=${2:-$(dirname "$0")/target}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
file=$folder/chat-$megabytes.jsonl
path=${VALIDATION_CLASSPATH:-$(sh "$here/classpath.sh" "$here/../..")}
[ -s "$file" ] || python3 "$here/generate.py" "$file" "$megabytes"
echo "file: $(wc -c < "$file") bytes, $(wc -l < "$file") lines; heap: 256 MB; load: $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
begin=$(date +%s.%N)
/usr/bin/env bash -c "time java -Xmx256m -cp '$path' dev.finetune4j.examples.ValidateDataset '$file' --keep 3"
end=$(date +%s.%N)
awk "BEGIN { s = $end - $begin; printf \"%.1f s, %.1f MB/s\\n\", s, $(wc -c < "$file") / 1e6 / s }"
