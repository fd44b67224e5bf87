#!/bin/sh
# Makes the tiny base model that the jar contains; about six minutes for 3,000 steps on two cores. The seed is fixed.
# Usage: benchmarks/training/pretrain.sh FOLDER [STEPS] [DATE]. Copy FOLDER/tiny over
# providers-local/src/main/resources/dev/finetune4j/local/tiny to ship it. DATE only goes into base.json.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/classpath.sh"
java_run dev.finetune4j.local.internal.pretraining.PretrainTinyBase "$folder" "${2:-3000}" "${3:-$(date +%F)}"
