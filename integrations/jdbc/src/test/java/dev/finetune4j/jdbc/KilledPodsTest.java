package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.Time;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.Step;
import java.io.BufferedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
    try (SimulatedAzure service = TuningPods.service()) {
      TuningPods pods = new TuningPods(address, run, service);
      Process first = pods.start(step.name(), "pod-1");
      TuningPods.readUntil(first, "start " + step);
      RunStatus working = pods.status();
      first.destroyForcibly().waitFor();
      List<RunStatus> afterwards = watchUntil(pods, status -> status.owner().isEmpty());
      RunStatus alone = last(afterwards);

      Process second = pods.start("none", "pod-2");
      List<RunStatus> resumed =
          watchUntil(pods, status -> status.state() == RunStatus.State.FINISHED);
      TuningPods.readUntil(second, "done");

      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(working.step()).contains(step);
      assertThat(working.owner()).map(RunOwner::process).contains("pod-1");
      assertThat(alone.state()).isEqualTo(RunStatus.State.INTERRUPTED);
      assertThat(alone.step()).contains(step);
      assertThat(alone.stepsDone()).isEqualTo(working.stepsDone());
      assertThat(afterwards).allSatisfy(KilledPodsTest::requireThatOwnerAndStateAgree);
      assertThat(resumed).allSatisfy(KilledPodsTest::requireThatOwnerAndStateAgree);
      assertThat(resumed).extracting(status -> status.stepsDone().size()).isSorted();
      assertThat(pods.status().state()).isEqualTo(RunStatus.State.FINISHED);
      assertThat(pods.status().owner()).isEmpty();
      assertThat(service.jobsCreated()).isEqualTo(1);
      assertThat(service.deploymentsCreated()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"BASELINE", "SUBMIT", "AWAIT", "DEPLOY", "EVALUATE"})
  void aProcessThatWasOnlyPausedPaysNothingAndFailsItsNextWrite(Step step) throws Exception {
    try (SimulatedAzure service = TuningPods.service()) {
      TuningPods pods = new TuningPods(address, run, service);
      Process first = pods.start(step.name(), "pod-1");
      BufferedReader lines = TuningPods.readUntil(first, "start " + step);
      signal(first, "STOP");
      Process second = pods.start("none", "pod-2");
      TuningPods.readUntil(second, "done");

      signal(first, "CONT");
      first.getOutputStream().write('\n');
      first.getOutputStream().flush();

      assertThat(lines.lines().toList())
          .singleElement()
          .asString()
          .startsWith("lost: The claim on run " + run + " was given back or taken over");
      assertThat(service.jobsCreated()).isEqualTo(1);
      assertThat(service.deploymentsCreated()).isEqualTo(1);
      assertThat(pods.status().state()).isEqualTo(RunStatus.State.FINISHED);
    }
  }

  /** Returns what a third process saw from now on, up to the first status that is wanted. */
  private static List<RunStatus> watchUntil(TuningPods pods, Predicate<RunStatus> wanted)
      throws InterruptedException {
    List<RunStatus> seen = new ArrayList<>();
    Instant end = Instant.now().plusSeconds(60);
    do {
      assertThat(Instant.now()).as("the last status was %s", seen).isBefore(end);
      Time.system().sleep(Duration.ofMillis(20));
      seen.add(pods.status());
    } while (!wanted.test(last(seen)));
    return seen;
  }

  private static RunStatus last(List<RunStatus> seen) {
    return seen.get(seen.size() - 1);
  }

  /** The status is running exactly while a process owns the run. */
  private static void requireThatOwnerAndStateAgree(RunStatus status) {
    if (status.state() != RunStatus.State.FINISHED) {
      assertThat(status.state())
          .isIn(
              status.owner().isEmpty()
                  ? List.of(RunStatus.State.INTERRUPTED)
                  : List.of(RunStatus.State.RUNNING, RunStatus.State.WAITING));
    }
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor())
        .isZero();
  }
}
