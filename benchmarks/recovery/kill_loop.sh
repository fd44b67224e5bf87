#!/usr/bin/env bash
# Kills QuickStart with SIGKILL at random moments and restarts it in the same directory, ten times; then lets it finish.
# Fails unless each run ended with one job folder, one start of its trainer, each step trained once, a verdict, and no
# process left. A run that ends before its kill is checked, and the next start gets a new directory.
# Usage: benchmarks/recovery/kill_loop.sh [SEED [KILLS]]
set -euo pipefail
seed=${1:-7}
kills=${2:-10}
longest=16
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
. "$here/classpath.sh"
echo "seed $seed, $kills kills after 1 to $longest s, directories in $work"
RANDOM=$seed

# Processes that belong to a directory: it is on their command line, is their working directory, or contains a file that they have open.
left_in() {
  local process
  for process in /proc/[0-9]*; do
    [ "${process#/proc/}" = "$$" ] && continue
    if { tr '\0' '\n' <"$process/cmdline"; readlink "$process/cwd" "$process"/fd/*; } 2>/dev/null | grep -qF -- "$1"; then
      echo "${process#/proc/}"
    fi
  done
}

fail() {
  echo "FAILED: $*; everything is kept in $work" >&2
  exit 1
}

start() {
  java -cp "$classes" dev.finetune4j.examples.QuickStart --examples-divisor 10 --directory "$1" >>"$1.log" 2>&1 &
  application=$!
}

check() {
  local left=""
  for _ in $(seq 50); do
    left=$(left_in "$1")
    [ -z "$left" ] && break
    sleep 0.2
  done
  [ -z "$left" ] || fail "processes are left: $left"
  python3 "$here/check_run.py" "$1" || fail "$1 is not what one undisturbed run leaves"
}

round=1
struck=0
directory="$work/run-$round"
while [ "$struck" -lt "$kills" ]; do
  tenths=$((RANDOM % (10 * longest - 9) + 10))
  start "$directory"
  for _ in $(seq "$tenths"); do
    kill -0 "$application" 2>/dev/null || break
    sleep 0.1
  done
  if kill -9 "$application" 2>/dev/null; then
    wait "$application" 2>/dev/null || true
    struck=$((struck + 1))
    step=$(python3 "$here/check_run.py" --step "$directory")
    echo "kill $struck: run $round, after $((tenths / 10)).$((tenths % 10)) s, $step"
  else
    wait "$application" || fail "run $round ended with $?: $(tail -n 5 "$directory.log")"
    check "$directory"
    round=$((round + 1))
    directory="$work/run-$round"
  fi
done
start "$directory"
wait "$application" || fail "run $round ended with $?: $(tail -n 5 "$directory.log")"
check "$directory"
echo "$kills kills in $round runs: each run has one job, trained once, and its result"
rm -rf "$work"
