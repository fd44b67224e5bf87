#!/bin/sh
# Compiles what the benchmarks need and prints the class path: classpath.sh REPOSITORY_ROOT
set -e
cd "$1"
list=$(mktemp)
# The tests of provider-kit hold the programs; their class path comes from the same run.
mvn -q -B -pl provider-kit -am test-compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$list" >&2
echo "$PWD/provider-kit/target/test-classes:$PWD/provider-kit/target/classes:$PWD/core/target/classes:$(cat "$list")"
rm -f "$list"
