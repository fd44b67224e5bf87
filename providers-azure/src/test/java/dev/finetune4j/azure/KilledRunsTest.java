package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.Deployments;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.providerkit.AttemptReport;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.TransportListener;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.InterceptedJournal;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the application during a run with a deployment: at each write, and fifty times at random
 * after a request. There are never two jobs, and once the leases have expired a sweep leaves no
 * deployment, whether or not the run was resumed.
 */
final class KilledRunsTest {
  private static final RunId RUN = new RunId("run-1");
  private static final Duration LEASE = Duration.ofHours(2);
  private static final int RANDOM_KILLS = 50;
  private static final int MORE_THAN_ALL_WRITES = 60;

  @TempDir Path directory;

  /** The death of the application, which no code catches. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts down and kills at zero. */
  private static final class Bomb {
    private final AtomicInteger left;

    Bomb(int steps) {
      left = new AtomicInteger(steps);
    }

    void tickAfter(Runnable write) {
      write.run();
      tick();
    }

    void tick() {
      if (left.decrementAndGet() == 0) {
        throw new Killed();
      }
    }
  }

  @Test
  void aRunKilledAtAnyWriteLeavesOneJobAndNoDeployment() throws Exception {
    int kills = 0;
    for (int write = 1; write < MORE_THAN_ALL_WRITES; write++) {
      Bomb inJournal = new Bomb(write);
      if (!survives("write-" + write, inJournal, new Bomb(-1), write % 2 == 0)) {
        kills++;
      } else {
        break;
      }
    }

    assertThat(kills).isBetween(15, MORE_THAN_ALL_WRITES - 2);
  }

  @Test
  @Tag("faults")
  void aRunKilledAtRandomLeavesOneJobAndNoDeployment() throws Exception {
    Random random = new Random(4);
    int kills = 0;
    for (int round = 0; round < RANDOM_KILLS; round++) {
      Bomb behindRequest = new Bomb(1 + random.nextInt(75));
      if (!survives("random-" + round, new Bomb(-1), behindRequest, random.nextBoolean())) {
        kills++;
      }
    }

    assertThat(kills).isGreaterThan(RANDOM_KILLS * 3 / 4);
  }

  /**
   * Runs until the bomb goes off, optionally resumes the run, and sweeps; returns false if it did
   * not go off.
   */
  private boolean survives(String name, Bomb inJournal, Bomb behindRequest, boolean goOn)
      throws Exception {
    FakeClock time = new FakeClock();
    Path place = directory.resolve(name);
    boolean survived = true;
    try (SimulatedAzure service = SimulatedAzure.builder().time(time).start()) {
      try {
        run(service, time, place, inJournal, behindRequest);
      } catch (Killed expected) {
        survived = false;
      }
      assertThat(service.jobsCreated()).as("%s: jobs", name).isLessThanOrEqualTo(1);
      if (goOn || survived) {
        run(service, time, place, new Bomb(-1), new Bomb(-1));
        assertThat(service.jobsCreated()).as("%s: jobs", name).isEqualTo(1);
        assertThat(service.deploymentsCreated()).as("%s: deployments made", name).isEqualTo(1);
      }
      time.advance(LEASE.plusMinutes(16));
      sweep(service, time, place);
      assertThat(service.deploymentNames()).as("%s: deployments left", name).isEmpty();
    }
    return survived;
  }

  private static void run(
      SimulatedAzure service, FakeClock time, Path place, Bomb inJournal, Bomb behindRequest)
      throws InterruptedException {
    TransportListener dying =
        new TransportListener() {
          @Override
          public void attemptEnded(AttemptReport report) {
            behindRequest.tick();
          }
        };
    try (AzureProvider provider =
            Simulations.options(service, time)
                .http(HttpSettings.builder().listener(dying).build())
                .build();
        FileJournal files = FileJournal.open(place)) {
      WorkflowResult result =
          FineTuningWorkflow.builder(provider, new InterceptedJournal(files, inJournal::tickAfter))
              .time(time)
              .polling(PollingSchedule.standard())
              .leases(leases(place, time))
              .catalog(provider.catalog())
              .build()
              .run(RUN, plan());
      assertThat(result.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }

  private static void sweep(SimulatedAzure service, FakeClock time, Path place) {
    try (AzureProvider provider = Simulations.options(service, time).build()) {
      DeploymentOperations operations = provider.deployer().orElseThrow().operations();
      LeaseRegistry registry = leases(place, time);
      LeaseSweeper sweeper = new LeaseSweeper(registry, Map.of(AzureProvider.ID, operations), time);
      sweeper.sweep();
      time.advance(Duration.ofMinutes(16));
      sweeper.sweep();
      assertThat(Deployments.orphans(operations, registry)).isEmpty();
      assertThat(registry.leases()).isEmpty();
    }
  }

  private static LeaseRegistry leases(Path place, FakeClock time) {
    return FileLeaseRegistry.open(place.resolve("leases"), time);
  }

  private static FineTuningPlan plan() {
    Dataset<PromptExample> questions =
        Dataset.of(
            "questions",
            PromptExample.class,
            Simulations.examples().examples().limit(5).map(PromptExample::from).toList());
    return FineTuningPlan.builder(Simulations.request(), questions)
        .grader("exact", Graders.exact())
        .baselines(Baselines.zeroShot())
        .baselineModel(question -> ChatResponse.of("I do not know."))
        .leaseTime(LEASE)
        .allowLeakedTestData()
        .build();
  }
}
