# Sourced by the scripts beside it: compiles providers-local with its tests and defines java_run.
list=$(mktemp)
(cd "$root" && mvn -q -B -pl providers-local -am test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$list.txt" >/dev/null)
classes="$root/providers-local/target/classes:$root/providers-local/target/test-classes:$(cat "$list.txt")"
rm -f "$list" "$list.txt"
java_run() {
  OMP_WAIT_POLICY=PASSIVE OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 java -cp "$classes" "$@"
}
