package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.testkit.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.simulator.openai.SimulatedDurations;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunId;
import dev.finetune4j.workflow.RunOwner;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes on one PostgreSQL database: the first dies in a step, or stops answering, and the
 * second finishes its run. This process looks at the run meanwhile.
 */
@Tag("database")
final class KilledPodsTest {
  private static String address = "";

  private final RunId run = new RunId("run-" + UUID.randomUUID());

  @BeforeAll
  static void createDatabase() {
    address = TestDatabase.POSTGRESQL.create("pods");
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aRunWhoseProcessIsKilledIsFinishedByAnotherWithOneJob(Step step) throws Exception {
    try (SimulatedAzure service = service()) {
      Process first = start(service, step.name(), "pod-1");
      readUntil(first, "start " + step);
      RunStatus before = status();
      first.destroyForcibly().waitFor();

      Process second = start(service, "none", "pod-2");
      readUntil(second, "done");

      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(before.step()).contains(step);
      assertThat(before.state())
          .isIn(RunStatus.State.RUNNING, RunStatus.State.WAITING);
      assertThat(before.owner()).map(RunOwner::process).contains("pod-1");
      assertThat(status().state()).isEqualTo(RunStatus.State.FINISHED);
      assertThat(status().owner()).isEmpty();
      assertThat(service.jobsCreated()).isEqualTo(1);
      assertThat(service.deploymentsCreated()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = {"BASELINE", "AWAIT"})
  void aProcessThatWasOnlyPausedFailsItsNextWrite(Step step) throws Exception {
    try (SimulatedAzure service = service()) {
      Process first = start(service, step.name(), "pod-1");
      BufferedReader lines = readUntil(first, "start " + step);
      signal(first, "STOP");
      Process second = start(service, "none", "pod-2");
      readUntil(second, "done");
      int requests = service.jobsCreated() + service.deploymentsCreated();

      signal(first, "CONT");
      first.getOutputStream().write('\n');
      first.getOutputStream().flush();

      assertThat(lines.lines().toList())
          .singleElement()
          .asString()
          .startsWith("lost: The claim on run " + run + " was given back or taken over");
      assertThat(service.jobsCreated() + service.deploymentsCreated()).isEqualTo(requests);
      assertThat(service.jobsCreated()).isEqualTo(1);
      assertThat(status().state()).isEqualTo(RunStatus.State.FINISHED);
    }
  }

  private RunStatus status() {
    ManualTime time = new ManualTime();
    return FineTuningWorkflow.builder(FakeProvider.builder(time).build(), store().journal())
        .build()
        .status(run);
  }

  private static JdbcStore store() {
    return JdbcStore.open(TestDatabase.POSTGRESQL.open(address));
  }

  private static SimulatedAzure service() {
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

  private Process start(SimulatedAzure service, String step, String pod) throws IOException {
    Map<String, String> names = service.environment();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            TuningPod.class.getName(),
            address,
            run.value(),
            step,
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

  private static BufferedReader readUntil(Process process, String expected) throws IOException {
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

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor())
        .isZero();
  }
}
