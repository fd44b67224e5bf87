package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.BudgetExceededException;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DatasetSplit;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.InMemoryLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.JobFailedException;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.JobTimeoutException;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.workflow.journal.InMemoryJournal;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FineTuningWorkflowTest {
  private static final RunId RUN = new RunId("run-1");

  private final FakeClock time = new FakeClock();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final LeaseRegistry leases = new InMemoryLeaseRegistry(time);
  private final List<String> told = new ArrayList<>();

  @Test
  void aModelThatLearntTheTaskIsKept() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();

    WorkflowResult result = workflow(provider).run(RUN, Plans.builder().build());

    assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(result.tunedReport().score("exact").mean()).isEqualTo(1.0);
    assertThat(result.baselineReports()).hasSize(2);
    assertThat(result.job().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(result.metrics()).isNotEmpty();
    assertThat(result.durations()).extracting(StepDuration::step).containsExactly(Step.values());
    assertThat(provider.standingDeployments()).hasSize(1);
    assertThat(leases.leases()).hasSize(1);
    assertThat(result.ledger().entries())
        .filteredOn(entry -> entry.id().equals("hosting"))
        .allSatisfy(entry -> assertThat(entry.actual()).isPresent())
        .hasSize(1);
  }

  @Test
  void aModelThatLearntNothingIsDroppedAndItsDeploymentDeleted() throws Exception {
    FakeProvider provider =
        FakeProvider.builder(time).tunedModel(question -> ChatResponse.of("no idea")).build();

    WorkflowResult result = workflow(provider).run(RUN, Plans.builder().build());

    assertThat(result.decision().verdict()).isNotEqualTo(Verdict.FINE_TUNE);
    assertThat(result.deployment()).isEmpty();
    assertThat(provider.standingDeployments()).isEmpty();
    assertThat(leases.leases()).isEmpty();
  }

  @Test
  void dataWithErrorsStopsBeforeAnythingIsSent() {
    Finding error =
        new Finding("rule", Severity.ERROR, ExampleLocation.line(3), "It is broken.", "Mend it.");
    FakeProvider provider = FakeProvider.builder(time).finding(error).build();

    assertThatThrownBy(() -> workflow(provider).run(RUN, Plans.builder().build()))
        .isInstanceOf(InvalidDatasetException.class)
        .hasMessageContaining("ERROR line 3 [rule] It is broken. Mend it.");

    assertThat(provider.calls().total()).isZero();
    assertThat(told).containsExactly("start VALIDATE", "fail VALIDATE");
  }

  @Test
  void aCeilingBelowTheEstimateStopsBeforeTheJobIsMade() {
    FakeProvider provider = FakeProvider.builder(time).build();
    FineTuningPlan plan = Plans.builder().costCeiling(Money.dollars("0.0001")).build();

    assertThatThrownBy(() -> workflow(provider).run(RUN, plan))
        .isInstanceOf(BudgetExceededException.class)
        .hasMessageContaining("above the ceiling of 0.0001 USD");

    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isZero();
  }

  @Test
  void anAnswerThatIsLostMakesNoSecondJob() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    provider.calls().loseAnswer(FakeOperation.CREATE_JOB);

    WorkflowResult result = workflow(provider).run(RUN, Plans.builder().build());

    assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
  }

  @Test
  void aFailedStepIsTriedAgainByTheNextStart() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 1);
    FineTuningPlan plan = Plans.builder().build();

    assertThatThrownBy(() -> workflow(provider).run(RUN, plan))
        .isInstanceOf(ProviderUnavailableException.class);
    WorkflowResult result = workflow(provider).run(RUN, plan);

    assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
    assertThat(told).contains("fail AWAIT", "skip SUBMIT");
  }

  @Test
  void aJobThatFailedSaysWhy() {
    FakeProvider provider =
        FakeProvider.builder(time)
            .course(JobScenario.failingAfter(Duration.ofMinutes(3), "the data was blocked"))
            .build();

    assertThatThrownBy(() -> workflow(provider).run(RUN, Plans.builder().build()))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("the data was blocked");
  }

  @Test
  void anotherPlanUnderTheSameRunIsRefused() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    workflow(provider).run(RUN, Plans.builder().build());
    FineTuningPlan other = Plans.builder().maximumAnswerTokens(7).build();

    assertThatThrownBy(() -> workflow(provider).run(RUN, other))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("was started with another plan");
  }

  @Test
  void cancelEndsTheJobAndTheDeployment() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).course(JobScenario.endless()).build();
    FineTuningPlan plan = Plans.builder().build();
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(provider, journal)
            .time(time)
            .polling(PollingSchedule.standard().givingUpAfter(Duration.ofHours(1)))
            .leases(leases)
            .build();
    assertThatThrownBy(() -> workflow.run(RUN, plan)).isInstanceOf(JobTimeoutException.class);

    workflow.cancel(RUN);

    assertThat(provider.calls().count(FakeOperation.CANCEL_JOB)).isEqualTo(1);
    assertThat(provider.jobOperations().list(Optional.empty()).jobs())
        .extracting(job -> job.status())
        .containsExactly(JobStatus.CANCELLED);
  }

  @Test
  void aRunCancelledFromElsewhereStopsBeforeItsNextStepAndSaysSo() {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    WorkflowListener cancelling =
        new WorkflowListener() {
          @Override
          public void stepCompleted(RunId run, Step step, Map<String, String> result) {
            if (step == Step.BASELINE) {
              workflow(provider).cancel(run);
              assertThat(workflow(provider).status(run).state()).isEqualTo(RunStatus.State.RUNNING);
            }
          }
        };
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(provider, journal).time(time).listener(cancelling).build();

    assertThatThrownBy(() -> workflow.run(RUN, Plans.builder().build()))
        .isInstanceOf(RunCancelledException.class);

    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isZero();
    RunStatus status = workflow.status(RUN);
    assertThat(status.state()).isEqualTo(RunStatus.State.CANCELLED);
    assertThat(status.step()).contains(Step.SUBMIT);
    assertThat(status.failure().orElseThrow().reason()).contains("was cancelled");
    assertThat(status.owner()).isEmpty();
    assertThat(workflow.runs()).containsExactly(RUN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"BASELINE", "SUBMIT", "DEPLOY", "EVALUATE", "SETTLE"})
  void aRunThatWasTakenOverInAStepPaysNothingInThatStep(Step lostIn) {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    List<Integer> paid = new ArrayList<>();
    WorkflowListener losing =
        new WorkflowListener() {
          @Override
          public void stepStarted(RunId run, Step step) {
            if (step == lostIn) {
              journal.close();
              paid.add(paid(provider));
            }
          }
        };
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(provider, journal)
            .time(time)
            .leases(leases)
            .listener(losing)
            .build();

    assertThatThrownBy(() -> workflow.run(RUN, Plans.builder().build()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("was given back or taken over");

    assertThat(paid).containsExactly(paid(provider));
    assertThat(leases.leases()).hasSize(lostIn.compareTo(Step.DEPLOY) > 0 ? 1 : 0);
  }

  private static int paid(FakeProvider provider) {
    return provider.calls().count(FakeOperation.SUBMIT)
        + provider.calls().count(FakeOperation.DEPLOY)
        + provider.calls().count(FakeOperation.DELETE_DEPLOYMENT)
        + provider.calls().count(FakeOperation.CHAT);
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheRun() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    WorkflowListener broken =
        new WorkflowListener() {
          @Override
          public void stepStarted(RunId run, Step step) {
            throw new IllegalStateException("broken");
          }
        };
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(provider, journal)
            .time(time)
            .catalog(Plans.catalog())
            .listener(broken)
            .build();

    workflow.run(RUN, Plans.builder().build());

    assertThat(workflow.status(RUN).state()).isEqualTo(RunStatus.State.FINISHED);
    assertThat(workflow.status(RUN).verdict()).contains(Verdict.FINE_TUNE);
  }

  private FineTuningWorkflow workflow(FakeProvider provider) {
    return FineTuningWorkflow.builder(provider, journal)
        .time(time)
        .catalog(Plans.catalog())
        .leases(leases)
        .listener(
            new WorkflowListener() {
              @Override
              public void stepStarted(RunId run, Step step) {
                told.add("start " + step);
              }

              @Override
              public void stepSkipped(RunId run, Step step, Map<String, String> result) {
                told.add("skip " + step);
              }

              @Override
              public void stepFailed(RunId run, Step step, String reason) {
                told.add("fail " + step);
              }
            })
        .build();
  }

  @Test
  void theProvidersCatalogPricesARunAndAPriceBookReplacesItsPrices() {
    FakeProvider provider =
        FakeProvider.builder(time)
            .tunedModel(Plans.right())
            .catalog(Plans.catalog().entries().toArray(CatalogEntry[]::new))
            .build();
    ModelCatalog dearer =
        ModelCatalog.of(
            provider.id(),
            LocalDate.of(2026, 1, 1),
            List.of(
                CatalogEntry.builder(Plans.BASE_MODEL, "tests", LocalDate.of(2026, 1, 1))
                    .trainingPrice(new TrainingPrice.PerMillionTokens(Money.dollars("200")))
                    .build()));
    FineTuningPlan plan = Plans.builder().build();

    WorkflowResult byCatalog =
        FineTuningWorkflow.builder(provider, journal).time(time).build().run(RUN, plan);
    WorkflowResult byPrices =
        FineTuningWorkflow.builder(provider, new InMemoryJournal())
            .time(time)
            .prices(dearer)
            .catalog(Plans.catalog())
            .build()
            .run(RUN, plan);

    Money cost = byCatalog.estimate().orElseThrow().high();
    assertThat(provider.estimate(plan.request()).orElseThrow().high()).isEqualTo(cost);
    assertThat(byPrices.estimate().orElseThrow().high())
        .isEqualTo(cost.times(BigDecimal.valueOf(2)));
  }

  @Test
  void aPlanRefusesTwoGradersOfOneName() {
    assertThatThrownBy(() -> Plans.builder().grader(Graders.exact()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are two graders named \"exact\".");
  }

  @Test
  void aSupervisedPlanTrainsOnOnePartAndMeasuresOnTheOther() {
    DatasetSplit<ChatExample> parts = Requests.sums().split(0.75, 7);

    FineTuningPlan plan =
        FineTuningPlan.supervised("base", parts)
            .grader(Graders.exact())
            .baselines(Baselines.zeroShot(), Baselines.fewShot(4))
            .build();

    assertThat(plan.request().trainingData().size()).isEqualTo(9);
    assertThat(plan.testData().examples().map(PromptExample::prompt))
        .containsExactlyElementsOf(parts.validation().examples().map(Example::prompt).toList());
    assertThat(plan.baselines().get(1).leakage(plan.testData()).totalFindings()).isZero();
  }
}
