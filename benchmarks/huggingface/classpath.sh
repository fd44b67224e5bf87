#!/bin/sh
# Compiles what the programs need and prints the class path: classpath.sh REPOSITORY_ROOT
set -e
cd "$1"
list=$(mktemp)
mvn -q -B -pl providers-huggingface -am test-compile dependency:build-classpath -DincludeScope=test \
  -Dmdep.outputFile="$list" >&2
path=
for module in core provider-kit providers-huggingface testing/testkit testing/simulators; do path=$path$PWD/$module/target/classes:; done
echo "$path$(tr ':' '\n' < "$list" | grep '\.jar$' | tr '\n' ':' | sed 's/:$//')"
rm -f "$list"
