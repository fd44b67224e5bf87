#!/bin/sh
# Simulated error rates of verdicts and coverage of intervals, as a table in Markdown.
# Usage: benchmarks/statistics/run.sh [RUNS [coverage]]   (coverage: the intervals only)
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
cd "$root"
mvn -q -B -pl core -am compile dependency:build-classpath -Dmdep.outputFile="$work/path" >&2
path=$root/core/target/classes:$(cat "$work/path")
javac -proc:none -nowarn -d "$work" -cp "$path" "$here"/src/*.java >&2
java -cp "$work:$path" StatisticsSimulation "${1:-2000}" ${2:+"$2"}
rm -rf "$work"
