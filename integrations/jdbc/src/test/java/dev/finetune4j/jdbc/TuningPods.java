package dev.finetune4j.jdbc;

import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Starts processes that work on one run in a shared store, and looks at the run from outside. */
final class TuningPods {
  private final String address;
  private final RunId run;
  private final SimulatedAzure service;
  private final TuningPod.Storage storage;

  TuningPods(String address, RunId run, SimulatedAzure service) {
    this.address = address;
    this.run = run;
    this.service = service;
    this.storage = TuningPod.Storage.open(address, "none", "the test");
  }

  TuningPod.Storage storage() {
    return storage;
  }

  /** Returns what a process that has no part in the run sees of it. */
  RunStatus status() {
    FakeClock time = new FakeClock();
    return FineTuningWorkflow.builder(FakeProvider.builder(time).build(), storage.journal())
        .build()
        .status(run);
  }

  /** Starts a service whose jobs and deployments are ready at once. */
  static SimulatedAzure service() {
    return SimulatedAzure.builder()
        .durations(
            new SimulatedDurations(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO))
        .deploying(Duration.ZERO, Duration.ZERO)
        .start();
  }

  /**
   * Starts a process that works on the run.
   *
   * @param stop where it stays until a line comes in, see {@link TuningPod}
   */
  Process start(String stop, String pod) throws IOException {
    Map<String, String> names = service.environment();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            TuningPod.class.getName(),
            address,
            run.value(),
            stop,
            pod,
            service.endpoint().toString(),
            names.getOrDefault("AZURE_TENANT_ID", ""),
            names.getOrDefault("AZURE_CLIENT_ID", ""),
            service.clientSecret(),
            names.getOrDefault("AZURE_SUBSCRIPTION_ID", ""),
            names.getOrDefault("AZURE_RESOURCE_GROUP", ""),
            names.getOrDefault("AZURE_OPENAI_ACCOUNT_NAME", ""));
    String surefire = System.getProperty("surefire.test.class.path");
    String path = surefire == null ? System.getProperty("java.class.path") : surefire;
    builder.environment().put("CLASSPATH", Objects.requireNonNull(path));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Reads what a process prints up to and including {@code expected}. */
  static BufferedReader readUntil(Process process, String expected) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(expected)) {
        return lines;
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("The process ended before \"" + expected + "\":\n" + seen);
  }
}
