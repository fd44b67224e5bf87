#!/bin/sh
# Compiles what the benchmarks need and prints the class path: classpath.sh REPOSITORY_ROOT
set -e
cd "$1"
mvn -q -B -pl examples -am compile >&2
# Jars come from Maven's local repository, where the compilation put them.
repository=$(mvn -q -B help:evaluate -Dexpression=settings.localRepository -DforceStdout 2>/dev/null || true)
[ -d "$repository" ] || repository=$HOME/.m2/repository
version() { sed -n "s|.*<$1.version>\(.*\)</$1.version>.*|\1|p" pom.xml; }
jars=$(
  ls "$repository/com/squareup/moshi/moshi/$(version moshi)"/*.jar
  ls "$repository/com/knuddels/jtokkit/$(version jtokkit)"/*.jar
  ls "$repository/org/apache/commons/commons-csv/$(version commons-csv)"/*.jar
  ls "$repository/org/slf4j/slf4j-api/$(version slf4j)"/*.jar
  ls "$repository"/com/squareup/okio/okio-jvm/3.18.1/*.jar
  ls "$repository"/org/jetbrains/kotlin/kotlin-stdlib/2.1.21/*.jar
)
path=$PWD/core/target/classes:$PWD/provider-kit/target/classes:$PWD/examples/target/classes
for jar in $jars; do path=$path:$jar; done
echo "$path"
