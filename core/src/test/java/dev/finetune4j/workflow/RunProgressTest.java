package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ProviderId;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunProgressTest {
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final List<RunStatus> seen = new ArrayList<>();

  @Test
  void theStatusShowsTheTrainingStepAndTheCostOfARunningJob() throws Exception {
    FakeProvider provider =
        FakeProvider.builder(time).course(twentyMinutes()).tunedModel(Plans.right()).build();
    time.after(Duration.ofMinutes(15), () -> seen.add(status(provider)));

    run(provider, WorkflowListener.NONE);

    RunProgress progress = seen.get(0).progress().orElseThrow();
    assertThat(progress.step()).isEqualTo(Step.AWAIT);
    assertThat(progress.detail()).isEqualTo("RUNNING");
    assertThat(progress.done()).isBetween(13L, 15L);
    assertThat(progress.total()).hasValue(20);
    assertThat(progress.at()).isAfter(FakeClock.START.plus(Duration.ofMinutes(13)));
    assertThat(progress.cost().orElseThrow())
        .isBetween(Money.dollars("1.30"), Money.dollars("1.50"));
  }

  @Test
  void theStatusShowsAnsweredSamplesAndTheirCost() throws Exception {
    FakeProvider provider =
        FakeProvider.builder(time)
            .tunedModel(
                question -> Plans.right().chat(question).withUsage(new TokenUsage(1_000, 100)))
            .build();
    WorkflowListener watching =
        new WorkflowListener() {
          @Override
          public void sampleFinished(RunId run, String name, EvaluationListener.Progress done) {
            seen.add(status(provider));
            time.advance(Duration.ofMillis(500));
          }
        };

    run(provider, watching);

    List<RunProgress> tuned =
        seen.stream()
            .flatMap(status -> status.progress().stream())
            .filter(progress -> progress.step() == Step.EVALUATE)
            .toList();
    assertThat(tuned).extracting(RunProgress::detail).containsOnly("fine-tuned");
    // The first sample comes at the moment of "0 of 40"; two samples take a second.
    assertThat(tuned.subList(0, 6))
        .extracting(RunProgress::done)
        .containsExactly(0L, 0L, 3L, 3L, 5L, 5L);
    RunProgress last = tuned.get(tuned.size() - 1);
    assertThat(last.done()).isEqualTo(40);
    assertThat(last.total()).hasValue(40);
    assertThat(last.cost()).contains(Money.dollars("0.048"));
  }

  @Test
  void aRunThatWasInterruptedShowsWhereItStopped() {
    FakeProvider provider = FakeProvider.builder(time).course(twentyMinutes()).build();
    time.after(Duration.ofMinutes(15), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> run(provider, WorkflowListener.NONE))
        .isInstanceOf(OperationInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(status(provider).state()).isEqualTo(RunStatus.State.INTERRUPTED);
    assertThat(status(provider).progress().orElseThrow().total()).hasValue(20);
  }

  @Test
  void aRunWhoseProgressCannotBeWrittenFinishesAllTheSame() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    Path inTheWay = directory.resolve("run-1/journal.progress/folder");
    Files.createDirectories(inTheWay);

    run(provider, WorkflowListener.NONE);

    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertThat(status(provider).state()).isEqualTo(RunStatus.State.FINISHED);
    assertThat(status(provider).progress()).isEmpty();
  }

  @Test
  void progressIsWrittenAtMostOncePerSecondUnlessTheDetailChangesOrAllIsDone() throws Exception {
    try (FileJournal journal = FileJournal.open(directory);
        RunClaim claim = journal.claim(RUN)) {
      RunProgress.Writer writer = new RunProgress.Writer(claim, time);
      List<String> written = new ArrayList<>();
      for (long done = 0; done <= 30; done++) {
        String name = done < 25 ? "zero-shot" : "few-shot";
        writer.write(Step.BASELINE, name, done, OptionalLong.of(30), Optional.empty());
        String text = journal.progress(RUN).orElseThrow();
        if (written.isEmpty() || !written.get(written.size() - 1).equals(text)) {
          written.add(text);
        }
        time.advance(Duration.ofMillis(100));
      }

      assertThat(written.stream().map(text -> RunProgress.read(text).orElseThrow().done()))
          .containsExactly(0L, 10L, 20L, 25L, 30L);
    }
  }

  @Test
  void progressOfAnotherFormIsIgnored() {
    try (FileJournal journal = FileJournal.open(directory);
        RunClaim claim = journal.claim(RUN)) {
      claim.noteProgress("half-way");
    }

    assertThat(status(FakeProvider.builder(time).build()).progress()).isEmpty();
  }

  private void run(FakeProvider provider, WorkflowListener listener) throws InterruptedException {
    try (FileJournal journal = FileJournal.open(directory)) {
      FineTuningWorkflow.builder(provider, journal)
          .time(time)
          .catalog(catalog())
          .listener(listener)
          .build()
          .run(RUN, Plans.builder().concurrency(1).build());
    }
  }

  /** Reads the status as another process would, through a journal of its own. */
  private RunStatus status(FakeProvider provider) {
    try (FileJournal journal = FileJournal.open(directory)) {
      return FineTuningWorkflow.builder(provider, journal).build().status(RUN);
    }
  }

  private static JobScenario twentyMinutes() {
    JobScenario.Builder course = JobScenario.builder().status(Duration.ZERO, JobStatus.RUNNING);
    for (int step = 1; step <= 20; step++) {
      course.metrics(Duration.ofMinutes(step), step, Map.of(TrainingMetrics.TOTAL_STEPS, 20.0));
    }
    return course.status(Duration.ofMinutes(21), JobStatus.SUCCEEDED).build();
  }

  private static ModelCatalog catalog() {
    InferencePrice price = new InferencePrice(Money.dollars("1"), Money.dollars("2"));
    return ModelCatalog.of(
        new ProviderId("fake"),
        LocalDate.of(2026, 1, 1),
        List.of(
            CatalogEntry.builder(Plans.BASE_MODEL, "made up for tests", LocalDate.of(2026, 1, 1))
                .trainingPrice(new TrainingPrice.PerHour(Money.dollars("6"), 100_000))
                .tunedInferencePrice(price)
                .build()));
  }
}
