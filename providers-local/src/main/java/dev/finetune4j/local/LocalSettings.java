package dev.finetune4j.local;

import dev.finetune4j.Time;
import dev.finetune4j.providerkit.process.JavaCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of the provider need to know.
 *
 * @param directory where jobs, bases and deployments are
 * @param workers how many cores train and answer
 * @param java the command of a child, without its main class
 * @param time the clock
 */
record LocalSettings(Path directory, int workers, JavaCommand java, Time time) {

  /** Returns the command of the children. */
  static JavaCommand java(@Nullable Path executable, long maximumHeapBytes) {
    JavaCommand java = JavaCommand.ofThisJvm();
    if (executable != null) {
      java = java.withExecutable(executable);
    }
    if (maximumHeapBytes > 0) {
      java = java.withOptions(List.of("-Xmx" + maximumHeapBytes));
    }
    return java.withOptions(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // The work is native: the second compiler costs more than it saves (19% of the
                // processor time of a short training, a third of a server's start).
                "-XX:TieredStopAtLevel=1",
                // Else the binding counts the weights, which are not on the heap, against it.
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"))
        // The kernels' own threads spin against each other; only the environment stops them.
        .withEnvironment(
            Map.of(
                "OMP_WAIT_POLICY", "PASSIVE",
                "OMP_NUM_THREADS", "1",
                "OPENBLAS_NUM_THREADS", "1"));
  }
}
