#!/usr/bin/env bash
# Kills an evaluation with SIGKILL at random moments, restarts it with the same folder, and lets it finish after the last kill. The
# service records every question before it answers. Fails if a sample is missing, if a sample that was on disk at a kill is
# asked again, or if more samples are asked twice than were under way at the kills.
# Usage: benchmarks/recovery/kill_evaluation.sh [SEED [KILLS [SAMPLES [CONCURRENCY]]]]
set -euo pipefail
seed=${1:-7}
kills=${2:-3}
samples=${3:-5000}
concurrency=${4:-8}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
classes=$(sh "$here/../evaluation/classpath.sh" "$root" "$work/classes")
RANDOM=$seed
mkfifo "$work/pipe"
java -cp "$classes" SimulatedService "$work/address" "$work/asked" 10 <"$work/pipe" &
service=$!
exec 3>"$work/pipe"
trap 'exec 3>&-; wait "$service" 2>/dev/null || true' EXIT
for _ in $(seq 100); do [ -s "$work/address" ] && break; sleep 0.1; done

start() {
  java -cp "$classes" LargeEvaluation "$work/address" "$samples" "$concurrency" "$work/samples" >>"$work/log" 2>&1 &
  application=$!
}

fail() {
  echo "FAILED: $*; everything is kept in $work" >&2
  exit 1
}

asked() { wc -l <"$work/asked"; }

# Each kill comes after a number of further questions, so that it comes in the middle on a slow machine too.
for kill in $(seq "$kills"); do
  before=$(asked)
  wanted=$((before + samples / (kills + 2) + RANDOM % (samples / (kills + 2) / 2)))
  start
  while [ "$(asked)" -lt "$wanted" ]; do
    kill -0 "$application" 2>/dev/null || fail "the evaluation ended before kill $kill: $(tail -n 3 "$work/log")"
    sleep 0.05
  done
  kill -9 "$application"
  wait "$application" 2>/dev/null || true
  # The service writes down what was in its sockets still.
  sleep 1
  cp "$work"/samples/*.jsonl "$work/kept-$kill.jsonl"
  cp "$work/asked" "$work/asked-$kill"
  echo "kill $kill: after $(asked) questions, $(grep -c '"sample"' "$work/kept-$kill.jsonl") samples kept"
done
start
wait "$application" || fail "the last start ended with $?: $(tail -n 5 "$work/log")"
python3 "$here/check_evaluation.py" "$work" "$kills" "$samples" "$concurrency" || fail "the samples are not what one undisturbed run leaves"
rm -rf "$work"
