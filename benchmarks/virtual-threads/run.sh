#!/bin/sh
# Many chats at once on virtual threads with OpenAiProvider; a loopback server in another JVM answers each after one
# second. Prints the wall time, the largest number of open requests at the server, and Flight Recorder's count of pinned threads
# (threshold 0). Fails if a thread was pinned or the chats took longer than LONGEST_SECONDS.
# Usage: benchmarks/virtual-threads/run.sh [CHATS [LONGEST_SECONDS]] with JDK set to the folder of a JDK 24 or later.
set -e
chats=${1:-1000}
longest=${2:-5}
jdk=${JDK:-${JAVA_HOME:?Set JDK to the folder of a JDK 24 or later.}}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
path=${OPENAI_CLASSPATH:-$(sh "$here/../openai/classpath.sh" "$root")}
path=$path:$(ls "$HOME"/.m2/repository/org/slf4j/slf4j-nop/2.0.17/*.jar 2>/dev/null || true)
"$jdk/bin/javac" -proc:none -nowarn -d "$work" -cp "$path" "$here"/src/*.java
mkfifo "$work/pipe"
"$jdk/bin/java" -cp "$work" SlowServer 1000 < "$work/pipe" > "$work/port" &
server=$!
exec 3> "$work/pipe"
trap 'exec 3>&-; wait $server 2>/dev/null || true; rm -rf "$work"' EXIT
until [ -s "$work/port" ]; do kill -0 $server; sleep 0.1; done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null)"
"$jdk/bin/java" -cp "$work:$path" ChatsAtOnce "http://127.0.0.1:$(cat "$work/port")" "$chats" "$longest"
