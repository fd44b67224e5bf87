package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.deployment.Lease;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A hundred processes on one PostgreSQL database, each killed just before or after a random commit.
 * Set the system property {@code kills.seed} to the printed seed to kill at the same commits again.
 */
@Tag("faults")
final class RandomKillsTest {
  private static final int LANES = 2;
  private static final int KILLS_IN_A_LANE = 50;
  private static final int LAST_COMMIT = 70;

  private static String address = "";

  @BeforeAll
  static void createDatabase() {
    address = TestDatabase.POSTGRESQL.create("random_kills");
  }

  @Test
  void runsThatAreKilledAtRandomMomentsEndWithOneJobEach() throws Exception {
    long seed = Long.getLong("kills.seed", new Random().nextLong());
    System.out.println("kills.seed=" + seed);
    ExecutorService threads = Executors.newFixedThreadPool(LANES);
    List<Future<Integer>> lanes = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      String name = "lane-" + lane;
      Random random = new Random(seed + lane);
      lanes.add(threads.submit(() -> killInOneRunAfterAnother(name, random)));
    }

    int kills = 0;
    for (Future<Integer> lane : lanes) {
      kills += lane.get();
    }
    threads.shutdown();

    assertThat(kills).isEqualTo(LANES * KILLS_IN_A_LANE);
  }

  private static int killInOneRunAfterAnother(String lane, Random random) throws Exception {
    int kills = 0;
    for (int number = 1; kills < KILLS_IN_A_LANE; number++) {
      RunId run = new RunId(lane + "-run-" + number);
      try (SimulatedAzure service = TuningPods.service()) {
        TuningPods pods = new TuningPods(address, run, service);
        List<String> moments = killUntilItEnds(pods, random, KILLS_IN_A_LANE - kills);
        System.out.println(run + " was killed at " + moments);
        kills += moments.size();
        requireThatNothingWasLostOrDoubled(run, pods, service);
      }
    }
    return kills;
  }

  /** Returns when the run was killed. The last process is not killed, and ends it. */
  private static List<String> killUntilItEnds(TuningPods pods, Random random, int most)
      throws Exception {
    List<String> moments = new ArrayList<>();
    while (true) {
      String moment =
          moments.size() == most
              ? "none"
              : (random.nextBoolean() ? "before" : "after")
                  + "-commit-"
                  + (1 + random.nextInt(LAST_COMMIT));
      Process pod = pods.start(moment, "pod-" + moments.size());
      if (isDone(pod)) {
        return moments;
      }
      pod.destroyForcibly().waitFor();
      moments.add(moment);
      assertThat(pods.status().state())
          .as("after the kill at %s", moment)
          .isNotIn(RunStatus.State.FAILED, RunStatus.State.CANCELLED);
    }
  }

  /** Returns whether the process ended the run; false if it stopped at its commit before. */
  private static boolean isDone(Process pod) throws Exception {
    BufferedReader lines = pod.inputReader(StandardCharsets.UTF_8);
    List<String> seen = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(StoppingDataSource.STOPPED)) {
        return false;
      }
      seen.add(line);
      if (line.equals("done")) {
        return true;
      }
    }
    throw new AssertionError("The process ended before its run: " + seen);
  }

  private static void requireThatNothingWasLostOrDoubled(
      RunId run, TuningPods pods, SimulatedAzure service) {
    assertThat(service.jobsCreated()).as("jobs of %s", run).isEqualTo(1);
    assertThat(service.deploymentsCreated()).as("deployments of %s", run).isEqualTo(1);
    assertThat(pods.status().state()).isEqualTo(RunStatus.State.FINISHED);
    assertThat(pods.status().stepsDone()).hasSize(Step.values().length);
    List<JournalEntry> entries = pods.storage().journal().read(run);
    assertThat(entries).noneMatch(StepFailed.class::isInstance);
    assertThat(entries.stream().filter(StepCompleted.class::isInstance).map(JournalEntry::step))
        .containsExactly(Step.values());
    assertThat(pods.storage().leases().leases().stream().map(Lease::holder))
        .filteredOn(run.value()::equals)
        .hasSizeLessThanOrEqualTo(1);
  }
}
