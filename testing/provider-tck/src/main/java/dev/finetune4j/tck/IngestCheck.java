package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowListener;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.InMemoryJournal;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs a whole plan and checks how often its data is read: the training data at most twice before
 * the job exists (once to profile it, once to hand it over), each example tokenized once, the test
 * data fingerprinted without a reading of its own, and nothing read by the report.
 */
public final class IngestCheck {
  private static final int EXAMPLES = 20;

  private final FineTuningProvider provider;
  private final SupervisedTraining method;
  private final String baseModel;

  /** Creates a check of one provider. */
  public IngestCheck(FineTuningProvider provider, String baseModel, SupervisedTraining method) {
    this.provider = provider;
    this.baseModel = baseModel;
    this.method = method;
  }

  /**
   * Runs the plan and checks the readings. Trains a model.
   *
   * @param reports an empty folder
   * @param validatorCounts whether the provider's validator counts tokens itself, once for each
   *     example; the run must then count none
   */
  public void run(Time time, Path reports, boolean validatorCounts) {
    CountedDataset<ChatExample> training =
        new CountedDataset<>(Dataset.of("training", ChatExample.class, examples(0)));
    CountedDataset<PromptExample> test =
        new CountedDataset<>(
            Dataset.of(
                "test",
                PromptExample.class,
                examples(EXAMPLES).stream().map(PromptExample::from).toList()));
    AtomicInteger tokenized = new AtomicInteger();
    AtomicInteger opensBeforeJob = new AtomicInteger();
    WorkflowListener listener =
        new WorkflowListener() {
          @Override
          public void stepCompleted(RunId run, Step step, Map<String, String> result) {
            if (step == Step.SUBMIT) {
              opensBeforeJob.set(training.opens.get());
            }
          }
        };
    FineTuningPlan plan =
        FineTuningPlan.builder(FineTuningRequest.builder(baseModel, method, training).build(), test)
            .grader(Graders.exact())
            .baselines(Baselines.zeroShot())
            .baselineModel(question -> ChatResponse.of("no"))
            .build();
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(counting(tokenized), new InMemoryJournal())
            .catalog(priced())
            .polling(
                new PollingSchedule(
                    Duration.ofMillis(20), 2, Duration.ofSeconds(1), Duration.ofDays(1)))
            .time(time)
            .listener(listener)
            .build();

    WorkflowResult result = workflow.run(new RunId("ingest"), plan);
    int opensBeforeReport = training.opens.get();
    int testOpensBeforeReport = test.opens.get();
    RunReport.of(result).writeTo(reports);

    assertTrue(result.estimate().isPresent(), "an estimate, which needs tokens and epochs");
    assertEquals(EXAMPLES, result.tokenStatistics().examples());
    assertTrue(
        opensBeforeJob.get() >= 1 && opensBeforeJob.get() <= 2,
        () -> "training data opened before the job: " + opensBeforeJob + " times");
    assertEquals(
        validatorCounts ? 0 : EXAMPLES, tokenized.get(), "examples tokenized beside the validator");
    assertEquals(0, training.fingerprints.get(), "separate fingerprints of the training data");
    assertEquals(0, test.fingerprints.get(), "separate fingerprints of the test data");
    assertEquals(3, testOpensBeforeReport, "readings of the test data: profile, two evaluations");
    assertEquals(opensBeforeReport, training.opens.get(), "training data opened by the report");
    assertEquals(testOpensBeforeReport, test.opens.get(), "test data opened by the report");
  }

  private FineTuningProvider counting(AtomicInteger tokenized) {
    return (FineTuningProvider)
        Proxy.newProxyInstance(
            IngestCheck.class.getClassLoader(),
            new Class<?>[] {FineTuningProvider.class},
            (proxy, called, arguments) -> {
              try {
                Object answer = called.invoke(provider, arguments);
                return answer instanceof TokenCounter counter
                    ? new CountedTokens(counter, tokenized)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Returns a catalog in which the base has a price, so that the run estimates a cost. */
  private ModelCatalog priced() {
    LocalDate day = LocalDate.of(2026, 1, 1);
    return ModelCatalog.of(
        provider.id(),
        day,
        List.of(
            CatalogEntry.builder(baseModel, "made up for tests", day)
                .trainingPrice(new TrainingPrice.PerMillionTokens(Money.dollars("1")))
                .build()));
  }

  private static List<ChatExample> examples(int from) {
    return IntStream.range(from, from + EXAMPLES)
        .mapToObj(i -> ChatExample.of(Message.user("Say " + i), Message.assistant("It is " + i)))
        .toList();
  }

  private record CountedTokens(TokenCounter counter, AtomicInteger examples)
      implements TokenCounter {

    @Override
    public long count(String text) {
      return counter.count(text);
    }

    @Override
    public long count(Example example) {
      examples.incrementAndGet();
      return counter.count(example);
    }

    @Override
    public boolean isExact() {
      return counter.isExact();
    }
  }

  /** A data set that counts how often it is read. */
  private static final class CountedDataset<E extends Example> implements Dataset<E> {
    private final Dataset<E> set;
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicInteger fingerprints = new AtomicInteger();

    CountedDataset(Dataset<E> set) {
      this.set = set;
    }

    @Override
    public String name() {
      return set.name();
    }

    @Override
    public Class<E> exampleType() {
      return set.exampleType();
    }

    @Override
    public Stream<E> examples() {
      opens.incrementAndGet();
      return set.examples();
    }

    @Override
    public long size() {
      try (Stream<E> all = examples()) {
        return all.mapToLong(example -> 1).sum();
      }
    }

    @Override
    public Fingerprint fingerprint() {
      fingerprints.incrementAndGet();
      return Fingerprint.of(this);
    }
  }
}
