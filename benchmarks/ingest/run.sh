#!/usr/bin/env bash
# How long a run reads its training data before the upload: commit 3947e1c against this tree, in turn, each in
# a fresh JVM with a heap of 512 MB. Prints each pair, then medians and spread: run.sh [MEGABYTES] [FOLDER] [ROUNDS]
set -e
megabytes=${1:-200}
folder=${2:-$(dirname "$0")/target}
rounds=${3:-5}
before=${BEFORE:-3947e1c}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
[ -s "$folder/training.jsonl" ] || python3 "$here/../validation/generate.py" "$folder/training.jsonl" "$megabytes"
[ -s "$folder/test.jsonl" ] || python3 "$here/../validation/generate.py" "$folder/test.jsonl" 1 2
path=$(sh "$here/../validation/classpath.sh" "$root")
mkdir -p "$folder/old" "$folder/new-classes" "$folder/old-classes"
git -C "$root" archive "$before" | tar -x -C "$folder/old"
oldpath=$(sh "$here/../validation/classpath.sh" "$folder/old")
javac -proc:none -nowarn -d "$folder/new-classes" -cp "$path" "$here/src/IngestAfter.java"
javac -proc:none -nowarn -d "$folder/old-classes" -cp "$oldpath" "$here/src/IngestBefore.java"
: > "$folder/rounds.txt"
for round in $(seq "$rounds"); do
  load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null)
  read -r old print total < <(java -Xmx512m -cp "$folder/old-classes:$oldpath" IngestBefore "$folder/training.jsonl" "$folder/test.jsonl" 2> /dev/null)
  read -r new newprint newtotal < <(java -Xmx512m -cp "$folder/new-classes:$path" IngestAfter "$folder/training.jsonl" "$folder/test.jsonl" 2> /dev/null)
  [ "$print $total" = "$newprint $newtotal" ] || { echo "results differ: $print $total, $newprint $newtotal" >&2; exit 1; }
  echo "$old $new" >> "$folder/rounds.txt"
  awk "BEGIN { printf \"round $round (load $load): before %.1f s, after %.1f s, ratio %.2f\\n\", $old, $new, $new / $old }"
done
python3 - "$folder/rounds.txt" <<'PYTHON'
import statistics, sys
pairs = [tuple(map(float, line.split())) for line in open(sys.argv[1])]
for name, values in (("before", [a for a, _ in pairs]), ("after", [b for _, b in pairs]), ("ratio", [b / a for a, b in pairs])):
    print(f"{name}: median {statistics.median(values):.2f}, {min(values):.2f} to {max(values):.2f}")
PYTHON
