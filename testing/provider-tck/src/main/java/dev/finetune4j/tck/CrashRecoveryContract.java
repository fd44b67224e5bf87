package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.finetune4j.Time;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.InterceptedJournal;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunProgress;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.WorkflowListener;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every durable {@link WorkflowJournal} does together with a durable {@link LeaseRegistry}: a
 * run whose application dies at any write ends as if nothing had happened. Extend it in the tests
 * of a journal.
 */
public abstract class CrashRecoveryContract {
  private static final int MORE_THAN_ALL_WRITES = 100;
  private static final String RIGHT = "right";

  /** For subclasses. */
  protected CrashRecoveryContract() {}

  /** Returns a new object each time that gives access to the same runs; it is closed. */
  protected abstract WorkflowJournal openJournal();

  /**
   * Returns a new object each time that gives access to the same leases.
   *
   * @param clock tells when a lease has expired
   */
  protected abstract LeaseRegistry openLeases(Time clock);

  /** Kills one run at each thing that it writes, before and after, and starts it again. */
  @Test
  void aRunKilledAtAnyWriteEndsWithOneJobAndTheSameDecision() throws InterruptedException {
    int kills = 0;
    for (int write = 1; write < MORE_THAN_ALL_WRITES; write++) {
      boolean before = killAndResume(write, false);
      boolean after = killAndResume(write, true);
      kills += (before ? 1 : 0) + (after ? 1 : 0);
      if (!before && !after) {
        break;
      }
    }

    assertTrue(kills > 40, "only " + kills + " kills");
  }

  @Test
  void theStatusShowsHowFarAnEvaluationIs() throws InterruptedException {
    RunId run = new RunId("run-1");
    FakeClock time = new FakeClock();
    FakeProvider provider =
        FakeProvider.builder(time).tunedModel(question -> ChatResponse.of(RIGHT)).build();
    List<RunProgress> seen = new ArrayList<>();
    WorkflowListener watching =
        new WorkflowListener() {
          @Override
          public void sampleFinished(
              RunId running, String name, EvaluationListener.Progress progress) {
            time.advance(Duration.ofSeconds(1));
            if (progress.finished() == 21) {
              seen.add(status(running, provider).progress().orElseThrow());
            }
          }
        };

    try (WorkflowJournal journal = openJournal()) {
      FineTuningWorkflow.builder(provider, journal)
          .time(time)
          .leases(openLeases(time))
          .listener(watching)
          .build()
          .run(run, plan());
    }

    assertEquals(
        List.of(Step.BASELINE, Step.BASELINE, Step.EVALUATE),
        seen.stream().map(RunProgress::step).toList());
    for (RunProgress progress : seen) {
      assertEquals(21, progress.done());
      assertEquals(OptionalLong.of(40), progress.total());
    }
    assertEquals(Optional.empty(), status(run, provider).progress());
  }

  private RunStatus status(RunId run, FakeProvider provider) {
    try (WorkflowJournal journal = openJournal()) {
      return FineTuningWorkflow.builder(provider, journal).build().status(run);
    }
  }

  /** Returns whether the run was killed: not, once it has fewer writes than {@code write}. */
  private boolean killAndResume(int write, boolean afterWriting) throws InterruptedException {
    RunId run = new RunId("run-" + write + (afterWriting ? "-after" : "-before"));
    FakeClock time = new FakeClock();
    FakeProvider provider =
        FakeProvider.builder(time).tunedModel(question -> ChatResponse.of(RIGHT)).build();
    boolean killed = false;
    try (WorkflowJournal journal = openJournal()) {
      run(run, new InterceptedJournal(journal, new Killer(write, afterWriting)), provider, time);
    } catch (Killed expected) {
      killed = true;
    }
    try (WorkflowJournal journal = openJournal()) {
      WorkflowResult result = run(run, journal, provider, time);

      assertEquals(Verdict.FINE_TUNE, result.decision().verdict(), run.value());
      assertEquals(1, provider.calls().count(FakeOperation.CREATE_JOB), run.value());
      assertEquals(1, provider.standingDeployments().size(), run.value());
    }
    return killed;
  }

  private WorkflowResult run(
      RunId run, WorkflowJournal journal, FakeProvider provider, FakeClock time)
      throws InterruptedException {
    return FineTuningWorkflow.builder(provider, journal)
        .time(time)
        .leases(openLeases(time))
        .build()
        .run(run, plan());
  }

  private static FineTuningPlan plan() {
    FineTuningRequest request =
        FineTuningRequest.builder("base-1", SupervisedTraining.withDefaults(), examples(0, 40))
            .validationData(examples(40, 50))
            .build();
    Dataset<PromptExample> questions =
        Dataset.of(
            "test",
            PromptExample.class,
            examples(100, 140).examples().map(PromptExample::from).toList());
    return FineTuningPlan.builder(request, questions)
        .grader("exact", Graders.exact())
        .baselines(Baselines.zeroShot())
        .baselines(Baselines.fewShot(examples(0, 40), 2))
        .build();
  }

  private static Dataset<ChatExample> examples(int from, int to) {
    return Dataset.of(
        "examples",
        ChatExample.class,
        IntStream.range(from, to)
            .mapToObj(i -> ChatExample.of(Message.user("" + i), Message.assistant(RIGHT)))
            .toList());
  }

  /** Not an exception that anything catches: the nearest thing to a kill within one JVM. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  private static final class Killer implements Consumer<Runnable> {
    private final boolean afterWriting;
    private int writesLeft;

    Killer(int writes, boolean afterWriting) {
      writesLeft = writes;
      this.afterWriting = afterWriting;
    }

    @Override
    public void accept(Runnable writing) {
      boolean last = --writesLeft == 0;
      if (last && !afterWriting) {
        throw new Killed();
      }
      writing.run();
      if (last) {
        throw new Killed();
      }
    }
  }
}
