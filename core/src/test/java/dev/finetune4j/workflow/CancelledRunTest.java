package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that somebody else cancels while a step waits or asks, through journal and lease objects of
 * their own. Where the leases are not shared, the canceller cannot see the deployment, and the
 * process that runs the run has to delete it.
 */
final class CancelledRunTest {
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunCancelledWhileItsJobTrainsCancelsTheJob(boolean sharesLeases) {
    FakeProvider provider = FakeProvider.builder(time).course(JobScenario.endless()).build();
    time.after(Duration.ofMinutes(10), () -> cancel(provider, sharesLeases));

    requireCancelled(provider, sharesLeases, Step.AWAIT);

    assertThat(provider.calls().count(FakeOperation.CANCEL_JOB)).isEqualTo(1);
    assertThat(provider.jobOperations().list(Optional.empty()).jobs())
        .extracting(job -> job.status())
        .containsExactly(JobStatus.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunCancelledWhileItsModelIsDeployedDeletesTheDeployment(boolean sharesLeases) {
    FakeProvider provider =
        FakeProvider.builder(time).deploymentTakes(Duration.ofDays(1), Duration.ZERO).build();
    provider
        .calls()
        .runAfter(
            FakeOperation.DEPLOY,
            () -> time.after(Duration.ofMinutes(10), () -> cancel(provider, sharesLeases)));

    requireCancelled(provider, sharesLeases, Step.DEPLOY);

    assertThat(provider.calls().count(FakeOperation.DEPLOY)).isEqualTo(1);
    assertThat(provider.billed()).isLessThan(Money.dollars("1"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunCancelledWhileItsModelIsEvaluatedAsksNoFurtherQuestion(boolean sharesLeases) {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger cancelAt = new AtomicInteger(7);
    ChatModel tuned =
        question -> {
          asked.incrementAndGet();
          return Plans.right().chat(question);
        };
    FakeProvider provider = FakeProvider.builder(time).tunedModel(tuned).build();
    WorkflowListener cancelling =
        new WorkflowListener() {
          @Override
          public void sampleFinished(RunId run, String name, EvaluationListener.Progress progress) {
            if (name.equals("fine-tuned") && progress.finished() == cancelAt.get()) {
              cancel(provider, sharesLeases);
            }
          }
        };

    requireCancelled(provider, sharesLeases, Step.EVALUATE, cancelling);

    assertThat(asked.get()).isBetween(7, 8);
  }

  private void requireCancelled(FakeProvider provider, boolean sharesLeases, Step step) {
    requireCancelled(provider, sharesLeases, step, WorkflowListener.NONE);
  }

  private void requireCancelled(
      FakeProvider provider, boolean sharesLeases, Step step, WorkflowListener listener) {
    LeaseRegistry leases = leases(sharesLeases);
    try (FileJournal journal = FileJournal.open(directory.resolve("runs"))) {
      FineTuningWorkflow workflow =
          FineTuningWorkflow.builder(provider, journal)
              .time(time)
              .leases(leases)
              .listener(listener)
              .build();

      assertThatThrownBy(() -> workflow.run(RUN, Plans.builder().concurrency(1).build()))
          .isInstanceOf(RunCancelledException.class);

      RunStatus status = workflow.status(RUN);
      assertThat(status.state()).isEqualTo(RunStatus.State.CANCELLED);
      assertThat(status.step()).contains(step);
    }
    Money billed = provider.billed();
    time.advance(Duration.ofDays(1));
    assertThat(provider.billed()).isEqualTo(billed);
    assertThat(provider.standingDeployments()).isEmpty();
    assertThat(leases.leases()).isEmpty();
  }

  /** Cancels the run as another process would. */
  private void cancel(FakeProvider provider, boolean sharesLeases) {
    try (FileJournal journal = FileJournal.open(directory.resolve("runs"))) {
      FineTuningWorkflow.builder(provider, journal)
          .time(time)
          .leases(leases(sharesLeases))
          .build()
          .cancel(RUN);
    }
  }

  private LeaseRegistry leases(boolean shared) {
    Time clock = time;
    return shared
        ? FileLeaseRegistry.open(directory.resolve("leases"), clock)
        : new InMemoryLeaseRegistry(clock);
  }
}
