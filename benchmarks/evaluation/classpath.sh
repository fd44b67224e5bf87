#!/bin/sh
# Compiles what the benchmarks need and prints the class path: classpath.sh REPOSITORY_ROOT OUTPUT_FOLDER
set -e
here=$(cd "$(dirname "$0")" && pwd)
path=${EVALUATION_CLASSPATH:-}
if [ -z "$path" ]; then
  cd "$1"
  list=$(mktemp)
  # The tests of the OpenAI provider see the provider and the simulator.
  mvn -q -B -pl providers-openai -am compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$list" >&2
  for module in core provider-kit testing/testkit testing/simulators providers-openai; do path=$path$1/$module/target/classes:; done
  path=$path$(tr ':' '\n' < "$list" | grep '\.jar$' | tr '\n' ':' | sed 's/:$//')
  rm -f "$list"
fi
mkdir -p "$2"
javac -proc:none -nowarn -d "$2" -cp "$path" "$here"/src/*.java >&2
echo "$2:$path"
