# Sourced by the script beside it: compiles the examples with everything they need and sets classes, unless it is set already.
if [ -z "${classes:-}" ]; then
  list=$(mktemp)
  (cd "$root" && mvn -q -B -pl examples -am compile dependency:build-classpath \
    -Dmdep.includeScope=runtime -Dmdep.outputFile="$list" >/dev/null)
  classes="$root/examples/target/classes:$(cat "$list")"
  rm -f "$list"
fi
