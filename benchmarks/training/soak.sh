#!/bin/sh
# Ten thousand steps in one process. Fails on a fault, or if the resident memory of the last steps is more than a tenth above that of
# step 2,000. Usage: benchmarks/training/soak.sh [STEPS]
set -eu
steps=${1:-10000}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/classpath.sh"
java_run dev.finetune4j.local.internal.pretraining.TrainingBenchmark soak "$work" "$steps"
