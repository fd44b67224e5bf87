#!/usr/bin/env bash
# Validates one generated file with ValidateDataset (tokens counted) and with notebook.py (tiktoken), in
# turn. Prints MB/s of both and the ratio, and the CPU seconds of both, which matter on a busy machine: run.sh [MEGABYTES] [FOLDER] [ROUNDS]
# PYTHON names an interpreter that has tiktoken. Its ranks are taken from jtokkit's jar, byte for byte the
# file that tiktoken would download (it checks their SHA-256), so that nothing is downloaded.
set -e
megabytes=${1:-200}
folder=${2:-$(dirname "$0")/target}
rounds=${3:-3}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
mkdir -p "$folder/ranks"
file=$folder/chat-$megabytes.jsonl
path=${VALIDATION_CLASSPATH:-$(sh "$here/classpath.sh" "$here/../..")}
[ -s "$file" ] || python3 "$here/generate.py" "$file" "$megabytes"
"$python" - "$path" "$folder/ranks" <<'PYTHON'
import hashlib, sys, zipfile
jar = next(part for part in sys.argv[1].split(":") if "jtokkit" in part)
name = "cl100k_base.tiktoken"
key = hashlib.sha1(("https://openaipublic.blob.core.windows.net/encodings/" + name).encode()).hexdigest()
with open(sys.argv[2] + "/" + key, "wb") as out:
    out.write(zipfile.ZipFile(jar).read("com/knuddels/jtokkit/" + name))
PYTHON
bytes=$(wc -c < "$file")
for round in $(seq "$rounds"); do
  load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null)
  TIMEFORMAT="%R %U"
  { time java -Xmx256m -cp "$path" dev.finetune4j.examples.ValidateDataset "$file" --model gpt-3.5-turbo > "$folder/java.txt"; } 2> "$folder/time.txt"
  read -r ours cpu < <(tail -1 "$folder/time.txt")
  TIKTOKEN_CACHE_DIR="$folder/ranks" "$python" "$here/notebook.py" "$file" > "$folder/python.txt"
  read -r _ theirs _ _ theircpu < <(tail -1 "$folder/python.txt")
  awk "BEGIN { m = $bytes / 1e6; printf \"round $round (load $load): finetune4j %.1f MB/s, notebook %.1f MB/s, ratio %.1f; CPU seconds $cpu and $theircpu\\n\", m / $ours, m / $theirs, $theirs / $ours }"
done
