#!/bin/sh
# Compiles what the benchmarks need and prints the class path: classpath.sh REPOSITORY_ROOT
set -e
cd "$1"
list=$(mktemp)
# The class path of a user of the OpenAI provider, and the programs among the tests of provider-kit.
mvn -q -B -pl providers-openai -am test-compile dependency:build-classpath -DincludeScope=runtime \
  -Dmdep.outputFile="$list" >&2
path=$PWD/provider-kit/target/test-classes
for module in core provider-kit providers-openai; do path=$path:$PWD/$module/target/classes; done
echo "$path:$(tr ':' '\n' < "$list" | grep '\.jar$' | tr '\n' ':' | sed 's/:$//')"
rm -f "$list"
