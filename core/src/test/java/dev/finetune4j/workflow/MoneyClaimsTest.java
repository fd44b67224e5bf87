package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.baseline.Passage;
import dev.finetune4j.baseline.Retriever;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents promise about money, with the default settings and one process per call. */
final class MoneyClaimsTest {
  private static final RunId RUN = new RunId("run-1");

  @TempDir private Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();

  @Test
  void a1aRunThatDiedLeavesALeaseThatTheNextStartSweeps() throws Exception {
    FineTuningPlan plan = Plans.builder().leaseTime(Duration.ofHours(2)).build();
    assertThatThrownBy(() -> inNewProcess(workflow -> workflow.run(RUN, plan), dyingInEvaluate()))
        .isInstanceOf(Killed.class);
    assertThat(provider.standingDeployments()).hasSize(1);
    time.advance(Duration.ofDays(10));

    inNewProcess(workflow -> workflow.run(new RunId("run-2"), Plans.builder().build()));

    assertThat(provider.standingDeployments())
        .extracting(deployment -> deployment.reference().id())
        .hasSize(1)
        .noneMatch(id -> id.contains("run-1"));
  }

  @Test
  void a2cancelFromANewProcessEndsTheDeployment() throws Exception {
    assertThatThrownBy(
            () ->
                inNewProcess(
                    workflow -> workflow.run(RUN, Plans.builder().build()), dyingInEvaluate()))
        .isInstanceOf(Killed.class);

    inNewProcess(
        workflow -> {
          workflow.cancel(RUN);
          return RUN;
        });

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void a4aKeptModelStaysUntilItIsReleased() throws Exception {
    FineTuningPlan plan = Plans.builder().leaseTime(Duration.ofHours(4)).build();
    WorkflowResult result = inNewProcess(workflow -> workflow.run(RUN, plan));
    assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    time.advance(Duration.ofDays(400));

    WorkflowResult again = inNewProcess(workflow -> workflow.run(RUN, plan));

    assertThat(again.deployment()).isEqualTo(result.deployment()).isPresent();
    assertThat(provider.standingDeployments()).hasSize(1);
    try (FileJournal journal = journal()) {
      assertThat(journal.leases(time).leases())
          .singleElement()
          .satisfies(
              lease -> {
                assertThat(lease.isKept()).isTrue();
                assertThat(lease.pricePerHour()).isPresent();
                assertThat(lease).asString().endsWith("held by run-1, kept)");
              });
    }

    List<SweepResult> released = inNewProcess(workflow -> workflow.release(RUN));
    assertThat(released).hasSize(1);
    assertThat(provider.standingDeployments()).isEmpty();
    List<SweepResult> nothingLeft = inNewProcess(workflow -> workflow.release(RUN));
    assertThat(nothingLeft).isEmpty();
  }

  @Test
  void onlyAKnownRunThatNobodyPerformsIsReleased() throws Exception {
    assertThatThrownBy(() -> inNewProcess(workflow -> workflow.release(new RunId("other"))))
        .isInstanceOf(JournalException.class)
        .hasMessage("Unknown run other: the journal does not have it.");
    try (FileJournal journal = journal();
        var claim = journal.claim(RUN)) {
      assertThatThrownBy(() -> inNewProcess(workflow -> workflow.release(claim.run())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Run run-1 is being performed by ");
    }
  }

  @Test
  void a18testPromptsInTheTrainingDataAreRefusedUnlessAllowed() throws Exception {
    Dataset<ChatExample> training = Requests.sums();
    FineTuningRequest request =
        FineTuningRequest.builder("base-1", SupervisedTraining.withDefaults(), training).build();
    Dataset<PromptExample> test =
        Dataset.of(
            "test",
            PromptExample.class,
            training.examples().map(PromptExample::from).limit(5).toList());
    FineTuningPlan.Builder plan =
        FineTuningPlan.builder(request, test)
            .grader("exact", Graders.exact())
            .baselines(Baselines.zeroShot());

    assertThatThrownBy(() -> inNewProcess(workflow -> workflow.run(RUN, plan.build())))
        .isInstanceOf(InvalidDatasetException.class)
        .hasMessageContaining("sums against test has 5 errors:")
        .hasMessageContaining("[leakage-exact] The prompt equals that of example 1 of test.")
        .hasMessageContaining("accept it with FineTuningPlan.Builder.allowLeakedTestData.");
    assertThat(provider.calls().total()).isZero();

    inNewProcess(
        workflow ->
            workflow.run(new RunId("allowed"), plan.allowLeakedTestData().build()).decision());
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
  }

  @Test
  void a18aRetrieverIsNotAskedBeforeTheDataIsFoundGood() {
    List<String> questions = new ArrayList<>();
    Retriever retriever =
        (question, count) -> {
          questions.add(question);
          return List.<Passage>of();
        };
    Finding error =
        new Finding("rule", Severity.ERROR, ExampleLocation.line(3), "It is broken.", "Mend it.");
    FakeProvider strict = FakeProvider.builder(time).finding(error).build();
    FineTuningPlan plan = Plans.builder().baselines(Baselines.retrieval(retriever, 2)).build();

    try (FileJournal journal = journal()) {
      FineTuningWorkflow workflow = FineTuningWorkflow.builder(strict, journal).time(time).build();
      assertThatThrownBy(() -> workflow.run(RUN, plan)).isInstanceOf(InvalidDatasetException.class);
    }

    assertThat(questions).isEmpty();
  }

  private <T> T inNewProcess(Function<FineTuningWorkflow, T> action) throws Exception {
    return inNewProcess(action, WorkflowListener.NONE);
  }

  /** A new process has the files of the earlier ones and nothing else. */
  private <T> T inNewProcess(Function<FineTuningWorkflow, T> action, WorkflowListener listener)
      throws Exception {
    try (FileJournal journal = journal()) {
      return action.apply(
          FineTuningWorkflow.builder(provider, journal)
              .time(time)
              .catalog(Plans.catalog())
              .listener(listener)
              .build());
    }
  }

  private FileJournal journal() {
    return FileJournal.open(directory);
  }

  private static WorkflowListener dyingInEvaluate() {
    return new WorkflowListener() {
      @Override
      public void stepStarted(RunId run, Step step) {
        if (step == Step.EVALUATE) {
          throw new Killed();
        }
      }
    };
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
