#!/bin/sh
# Training tokens per second: this project's trainer against TRL, on one model, one data set, one machine, in one run.
# Usage: benchmarks/training/run.sh [STEPS] with PYTHON set to an interpreter that has
# providers-local/src/test/python/requirements.txt installed. Prints both figures and their ratio.
set -eu
steps=${1:-60}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/classpath.sh"
java_run dev.finetune4j.local.internal.pretraining.TrainingBenchmark prepare "$work" "$steps"
ours=$(java_run dev.finetune4j.local.internal.pretraining.TrainingBenchmark measure "$work" "$steps" | tail -1)
theirs=$("${PYTHON:-python3}" "$here/trl_benchmark.py" "$work" "$steps" | tail -1)
echo "finetune4j $ours tokens/s, TRL $theirs tokens/s"
awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "ratio %.2f\n", a / b }'
