#!/bin/sh
# The time and the size of the page of 10,000 samples with five baselines, in a fresh JVM.
# Usage: benchmarks/report/run.sh [SAMPLES]
set -e
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
cd "$root"
mvn -q -B -pl core -am compile dependency:build-classpath -Dmdep.outputFile="$work/path" >&2
path=$root/core/target/classes:$(cat "$work/path")
javac -proc:none -nowarn -d "$work" -cp "$path" "$here"/src/*.java >&2
java -cp "$work:$path" LargeReport "${1:-10000}" "$work/report"
rm -rf "$work"
