#!/bin/sh
# Compares with com.openai:openai-java, with a loopback server in another JVM: size of the class path, time from the
# start of a JVM to its first answer (median of RUNS, one after the other), and warm calls over plain OkHttp.
# run.sh [RUNS]
set -e
runs=${1:-9}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$here/target
mkdir -p "$work/own" "$work/official"
if [ ! -d "$work/openai-java" ]; then
  mvn -q -B -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
    -DoutputDirectory="$work/openai-java" -DincludeScope=runtime >&2
fi
own=${OPENAI_CLASSPATH:-$(sh "$here/classpath.sh" "$root")}
nop=$(ls "$HOME"/.m2/repository/org/slf4j/slf4j-nop/2.0.17/*.jar 2>/dev/null || true)
official=$work/official:$work/openai-java/*:$nop
javac -proc:none -nowarn -d "$work/own" -cp "$own" "$here"/src/LoopbackServer.java "$here"/src/Measured.java "$here"/src/OwnCall.java
javac -proc:none -nowarn -d "$work/official" -cp "$work/openai-java/*" "$here"/src/Measured.java "$here"/src/OfficialCall.java
own=$work/own:$own:$nop

# The class path of a user of the OpenAI provider: jars of libraries, and the classes and resources of the modules.
jars=$(echo "$own" | tr ':' '\n' | grep '\.jar$' | grep -v slf4j-nop | sort -u)
modules=0
for module in core provider-kit providers-openai; do
  if [ -d "$root/$module/target/classes" ]; then
    (cd "$root/$module/target/classes" && jar cf "$work/$module.jar" .)
    modules=$((modules + $(wc -c < "$work/$module.jar")))
  fi
done
own_bytes=$(($(cat $jars | wc -c) + modules))
official_bytes=$(cat "$work"/openai-java/*.jar | wc -c)
echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"
awk "BEGIN { printf \"closure: finetune4j %.1f MB (own modules %.1f), openai-java %.1f MB, ratio %.3f\\n\", $own_bytes / 1e6, $modules / 1e6, $official_bytes / 1e6, $own_bytes / $official_bytes }"

pipe=$work/pipe
rm -f "$pipe" "$work/port"
mkfifo "$pipe"
java -cp "$work/own" LoopbackServer < "$pipe" > "$work/port" &
server=$!
exec 3> "$pipe"
trap 'exec 3>&-; wait $server 2>/dev/null; rm -f "$pipe"' EXIT
until [ -s "$work/port" ]; do sleep 0.1; done
url=http://127.0.0.1:$(cat "$work/port")/v1

: > "$work/first.txt"
run=0
while [ "$run" -lt "$runs" ]; do
  java -cp "$own" OwnCall "$url" first >> "$work/first.txt"
  java -cp "$official" OfficialCall "$url" first >> "$work/first.txt"
  run=$((run + 1))
done
median() { grep "^$1 " "$work/first.txt" | cut -d' ' -f2 | sort -n | sed -n "$(((runs + 1) / 2))p"; }
awk "BEGIN { printf \"first answer in a new JVM, median of $runs: finetune4j %d ms, openai-java %d ms, ratio %.2f\\n\", $(median finetune4j), $(median openai-java), $(median finetune4j) / $(median openai-java) }"

echo "warm calls, finetune4j with the same OkHttp bare:"
java -cp "$own" OwnCall "$url" warm
echo "warm calls, openai-java with its OkHttp bare:"
java -cp "$official" OfficialCall "$url" warm
echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"
