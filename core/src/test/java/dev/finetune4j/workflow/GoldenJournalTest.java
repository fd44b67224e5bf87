package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.InterceptedJournal;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the journals that earlier versions wrote, in {@code src/test/resources/journals}, one
 * folder for each version. Those files and {@link #plan} never change: a run that was started with
 * one release must be resumable with the next. For a new release, run {@link #write} with {@code
 * -DgoldenJournals=src/test/resources/journals/VERSION} and add the new folder.
 */
final class GoldenJournalTest {

  /** The nearest thing to a kill within one JVM, which no code catches. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final Path GOLDEN = Path.of("src/test/resources/journals");
  private static final RunId FINISHED = new RunId("finished");
  private static final RunId AWAITING = new RunId("awaiting");
  private static final RunId LEASED = new RunId("leased");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();

  static List<Path> versions() throws IOException {
    try (Stream<Path> entries = Files.list(GOLDEN)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "goldenJournals", matches = ".+")
  void write() throws IOException {
    for (RunId run : List.of(FINISHED, AWAITING, LEASED)) {
      GoldenJournalTest writer = new GoldenJournalTest();
      writer.directory = directory.resolve(run.value());
      @Nullable Step last =
          run.equals(FINISHED) ? null : run.equals(AWAITING) ? Step.AWAIT : Step.EVALUATE;
      writer.start(run, last);
      copy(writer.directory, Path.of(System.getProperty("goldenJournals"), run.value()));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aFinishedRunIsReadWithoutAnyRequestForAJob(Path version) throws IOException {
    copy(version.resolve("finished"), directory);

    try (FileJournal journal = journal()) {
      FineTuningWorkflow workflow = workflow(journal);
      RunStatus status = workflow.status(FINISHED);
      WorkflowResult result = workflow.run(FINISHED, plan().build());

      assertThat(status.state()).isEqualTo(RunStatus.State.FINISHED);
      assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
      assertThat(result.job().status()).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(result.trainingProfile().examples()).isEqualTo(60);
      assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aRunThatWaitedForItsJobIsResumedWithoutASecondJob(Path version) throws IOException {
    copy(version.resolve("awaiting"), directory);

    try (FileJournal journal = journal()) {
      submitJobOf(AWAITING, journal);
      FineTuningWorkflow workflow = workflow(journal);
      RunStatus status = workflow.status(AWAITING);
      WorkflowResult result = workflow.run(AWAITING, plan().build());

      assertThat(status.state()).isEqualTo(RunStatus.State.INTERRUPTED);
      assertThat(status.step()).contains(Step.AWAIT);
      assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
      assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aRunWithALeaseIsResumedUnderThatLease(Path version) throws IOException {
    copy(version.resolve("leased"), directory);
    assertThat(leases().leases())
        .singleElement()
        .satisfies(lease -> assertThat(lease.holder()).isEqualTo(LEASED.value()));

    try (FileJournal journal = journal()) {
      submitJobOf(LEASED, journal);
      WorkflowResult result = workflow(journal).run(LEASED, plan().build());

      assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
      assertThat(leases().leases()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void anotherPlanIsRefusedByTheNamesOfItsMembers(Path version) throws IOException {
    copy(version.resolve("awaiting"), directory);

    try (FileJournal journal = journal()) {
      FineTuningWorkflow workflow = workflow(journal);
      FineTuningPlan other = plan().costCeiling(Money.dollars("7")).build();

      assertThatThrownBy(() -> workflow.run(AWAITING, other))
          .hasMessageContaining("Different: costCeiling (was \"50 USD\", is now \"7 USD\").");
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void changedTestDataIsNoticedWhenTheRunIsResumed(Path version) throws IOException {
    copy(version.resolve("awaiting"), directory);

    try (FileJournal journal = journal()) {
      FineTuningWorkflow workflow = workflow(journal);
      FineTuningPlan changed = plan(examples("test", 200, 239)).build();

      assertThatThrownBy(() -> workflow.run(AWAITING, changed))
          .hasMessageContaining("another plan or other data. Different: testData (was ")
          .hasMessageNotContaining("trainingData");
    }
  }

  private void start(RunId run, @Nullable Step last) throws IOException {
    AtomicBoolean dies = new AtomicBoolean();
    try (FileJournal journal = journal()) {
      WorkflowJournal dying =
          new InterceptedJournal(
              journal,
              write -> {
                if (dies.get()) {
                  throw new Killed();
                }
                write.run();
              });
      WorkflowListener listener =
          new WorkflowListener() {
            @Override
            public void stepStarted(RunId started, Step step) {
              dies.set(step == last);
            }
          };
      FineTuningWorkflow.builder(provider, dying)
          .catalog(Plans.catalog())
          .leases(leases())
          .time(time)
          .listener(listener)
          .build()
          .run(run, plan().build());
    } catch (Killed expected) {
      // The run stops here.
    }
  }

  /** Submits the job that the journal tells of to the fake, which forgets its jobs. */
  private void submitJobOf(RunId run, FileJournal journal) {
    JournalEntry.StepStarted first = (JournalEntry.StepStarted) journal.read(run).get(0);
    String hash = PlanFingerprint.sha256(run.value() + "\n" + first.inputFingerprint());
    provider.submit(
        plan()
            .build()
            .request()
            .withSubmissionKey(new SubmissionKey("ft4j-" + hash.substring(0, 20))));
  }

  /** Returns the plan of all golden journals. Never change it; add another one instead. */
  private static FineTuningPlan.Builder plan() {
    return plan(examples("test", 200, 240));
  }

  private static FineTuningPlan.Builder plan(Dataset<ChatExample> test) {
    Hyperparameters settings =
        Hyperparameters.builder().epochs(2).learningRate(LearningRate.multiplier(0.5)).build();
    SupervisedTraining method =
        SupervisedTraining.withDefaults()
            .withHyperparameters(settings)
            .withWeightUpdate(WeightUpdate.lowRank(8));
    FineTuningRequest request =
        FineTuningRequest.builder(Plans.BASE_MODEL, method, examples("training", 100, 160))
            .validationData(examples("validation", 160, 170))
            .suffix("golden")
            .seed(7)
            .build();
    Grader always = (example, answer) -> Grade.pass();
    return FineTuningPlan.builder(request, test.asPrompts())
        .grader("exact", Graders.exact())
        .grader("any", always.withVersion("1"))
        .baselines(
            Baselines.systemPrompt("backwards", "Write it backwards."),
            Baselines.fewShot(examples("pool", 100, 160), 2))
        .policy(DecisionPolicy.builder("exact").minimumGainPoints(5).build())
        .costCeiling(Money.dollars("50"))
        .maximumAnswerTokens(20);
  }

  private static Dataset<ChatExample> examples(String name, int from, int to) {
    return Dataset.of(
        name,
        ChatExample.class,
        IntStream.range(from, to)
            .mapToObj(String::valueOf)
            .map(
                text ->
                    ChatExample.of(
                        Message.user(text),
                        Message.assistant(new StringBuilder(text).reverse().toString())))
            .toList());
  }

  private FineTuningWorkflow workflow(WorkflowJournal journal) {
    return FineTuningWorkflow.builder(provider, journal)
        .catalog(Plans.catalog())
        .leases(leases())
        .time(time)
        .build();
  }

  private FileJournal journal() {
    return FileJournal.open(directory.resolve("runs"));
  }

  private LeaseRegistry leases() {
    return FileLeaseRegistry.open(directory.resolve("leases"), time);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        if (!path.toString().endsWith("lock")) {
          Path target = to.resolve(from.relativize(path).toString());
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    }
  }
}
