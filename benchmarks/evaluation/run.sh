#!/usr/bin/env bash
# The time per sample of this library's evaluation and of promptfoo, against the same simulator in one run. This library: an evaluation
# that stores its samples on disk, alternating with the same questions to the same model object without it. promptfoo: a long and a short
# evaluation, so that its start does not count; for the ratio, this library's whole JVM in the same way.
# Usage: benchmarks/evaluation/run.sh [SAMPLES [CONCURRENCY]]; promptfoo is installed once below PROMPTFOO_HOME.
set -euo pipefail
samples=${1:-2000}
concurrency=${2:-8}
short=$((samples / 10))
version=0.121.20
cache=${PROMPTFOO_HOME:-$HOME/.cache/finetune4j-promptfoo-$version}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
if [ ! -x "$cache/node_modules/.bin/promptfoo" ]; then
  mkdir -p "$cache"
  npm install --prefix "$cache" --no-audit --no-fund "promptfoo@$version" >&2
fi
classes=$(sh "$here/classpath.sh" "$root" "$work/classes")
mkfifo "$work/pipe"
java -cp "$classes" SimulatedService "$work/address" "$work/asked" 0 <"$work/pipe" &
service=$!
exec 3>"$work/pipe"
trap 'exec 3>&-; wait "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.1; done

millis() { echo $(($(date +%s%N) / 1000000)); }

whole() { # the wall time of an engine's whole process
  local start end
  start=$(millis)
  java -cp "$classes" LargeEvaluation "$work/address" "$1" "$concurrency" "$work/whole-$1" >/dev/null
  end=$(millis)
  echo $((end - start))
}

promptfoo() {
  local start end
  python3 "$here/promptfoo.py" "$work/address" "$1" "$work/promptfoo-$1.json"
  start=$(millis)
  PROMPTFOO_CONFIG_DIR="$work/promptfoo" PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1 \
    "$cache/node_modules/.bin/promptfoo" eval -c "$work/promptfoo-$1.json" --no-cache --no-table --no-progress-bar \
    -j "$concurrency" -o "$work/result-$1.json" >"$work/promptfoo.log" 2>&1 || { tail -n 20 "$work/promptfoo.log" >&2; exit 1; }
  end=$(millis)
  python3 -c "
import json, sys
stats = json.load(open('$work/result-$1.json'))['results']['stats']
sys.exit(0 if stats['successes'] == $1 else f'promptfoo passed {stats}')" >&2
  echo $((end - start))
}

load() { echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"; }

load
java -cp "$classes" LargeEvaluation "$work/address" "$samples" 1 "$work/one" compare 5
java -cp "$classes" LargeEvaluation "$work/address" "$samples" "$concurrency" "$work/many" compare 5
load
ours_short=$(whole "$short")
theirs_short=$(promptfoo "$short")
ours=$(whole "$samples")
theirs=$(promptfoo "$samples")
awk -v n="$((samples - short))" -v a="$((ours - ours_short))" -v b="$((theirs - theirs_short))" -v s="$samples" -v c="$ours" -v d="$theirs" \
  'BEGIN { printf "whole processes, %d samples: finetune4j %.1f s, promptfoo %.1f s, ratio %.3f; without the start: %.2f and %.2f ms a sample, ratio %.3f\n", s, c / 1000, d / 1000, c / d, a / n, b / n, a / b }'
load
