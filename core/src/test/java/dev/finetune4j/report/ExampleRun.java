package dev.finetune4j.report;

import dev.finetune4j.ProviderId;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Ledger;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.CostFigures;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.StepDuration;
import dev.finetune4j.workflow.WorkflowResult;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A made-up run that extracts ingredients from recipes. {@code spice} is inserted into every text
 * from outside.
 */
final class ExampleRun {
  private static final ProviderId PROVIDER = new ProviderId("example");
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<String> FOODS =
      List.of("flour", "butter", "sugar", "eggs", "milk", "salt", "lemon", "basil", "rice", "peas");

  private final String spice;
  private final int samples;
  private final double[] rightOfTen;
  private final SplittableRandom random = new SplittableRandom(5);

  private ExampleRun(String spice, int samples, double... rightOfTen) {
    this.spice = spice;
    this.samples = samples;
    this.rightOfTen = rightOfTen;
  }

  /** Returns a run whose tuned model is far better than three baselines. */
  static WorkflowResult good() {
    return new ExampleRun("", 100, 0, 0.8, 2.4, 9.6).result();
  }

  /** Returns a run whose tuned model is no better. */
  static WorkflowResult useless() {
    return new ExampleRun("", 400, 3, 4.1, 5.2, 4.2).result();
  }

  /** Returns a run with too few test data. */
  static WorkflowResult unsettled() {
    return new ExampleRun("", 20, 2, 3, 4, 6).result();
  }

  /** Returns the good run with {@code spice} in every text from outside. */
  static WorkflowResult spiced(String spice) {
    return new ExampleRun(spice, 30, 0, 0.8, 2.4, 9.6).result();
  }

  private WorkflowResult result() {
    Dataset<ChatExample> training = Dataset.of("recipes" + spice, ChatExample.class, examples(50));
    Dataset<ChatExample> validation =
        Dataset.of("recipes, held out", ChatExample.class, examples(10));
    Dataset<PromptExample> test =
        Dataset.of(
            "recipes, test" + spice,
            PromptExample.class,
            examples(samples).stream().map(PromptExample::from).toList());
    List<EvaluationReport> baselines =
        List.of(
            evaluation("zero-shot", test, 92, rightOfTen[0]),
            evaluation("few-shot (4)" + spice, test, 410, rightOfTen[1]),
            evaluation("nearest few-shot (4)", test, 436, rightOfTen[2]));
    EvaluationReport tuned = evaluation("fine-tuned", test, 92, rightOfTen[3]);
    WorkflowResult.Builder result =
        WorkflowResult.builder(new RunId("recipes-1"), PROVIDER, plan(training, validation, test))
            .validated(validations())
            .profiled(profile(training), profile(validation))
            .studied(StudyPlan.of(decision(baselines, tuned).policy(), samples, baselines.size()))
            .estimate(estimate())
            .ledger(ledger())
            .measured(baselines, tuned)
            .trained(job(), metrics())
            .decision(decision(baselines, tuned));
    long milliseconds = 37;
    for (Step step : Step.values()) {
      result.duration(new StepDuration(step, Duration.ofMillis(milliseconds)));
      milliseconds *= 2;
    }
    return result.build();
  }

  private static DatasetProfile profile(Dataset<ChatExample> set) {
    ValidationReport unused = new ValidationReport(set.name(), set.size(), List.of());
    return new DatasetProfile(
        set.name(),
        set.size(),
        0,
        set.fingerprint(),
        tokens(),
        tokens().total(),
        unused,
        List.of());
  }

  private List<ChatExample> examples(int number) {
    List<ChatExample> examples = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String first = FOODS.get(random.nextInt(FOODS.size()));
      String second = FOODS.get(random.nextInt(FOODS.size()));
      examples.add(
          ChatExample.of(
              Message.system("List the ingredients as a JSON array."),
              Message.user(
                  "Title: Pie no. " + i + "\nMix 200 g of " + first + " with " + second + spice),
              Message.assistant("[\"" + first + "\",\"" + second + "\"]")));
    }
    return examples;
  }

  private FineTuningPlan plan(
      Dataset<ChatExample> training, Dataset<ChatExample> validation, Dataset<PromptExample> test) {
    SupervisedTraining method =
        SupervisedTraining.withDefaults()
            .withWeightUpdate(WeightUpdate.lowRank(16))
            .withHyperparameters(
                Hyperparameters.builder()
                    .epochs(3)
                    .learningRate(LearningRate.absolute(0.004))
                    .build());
    FineTuningRequest request =
        FineTuningRequest.builder("tiny-recipes" + spice, method, training)
            .validationData(validation)
            .seed(17)
            .build();
    return FineTuningPlan.builder(request, test)
        .grader("exact", Graders.exact())
        .grader("ingredients F1", Graders.jsonSetF1())
        .baselines(Baselines.zeroShot())
        .build();
  }

  private EvaluationReport evaluation(
      String name, Dataset<PromptExample> test, int promptTokens, double rightOfTen) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset(test.name(), test.fingerprint())
            .grader("exact")
            .grader("ingredients F1")
            .startedAt(START)
            .wallDuration(Duration.ofSeconds(8));
    List<PromptExample> examples = test.examples().toList();
    for (int i = 0; i < examples.size(); i++) {
      report.sample(sample(i, examples.get(i), promptTokens, rightOfTen));
    }
    return report.build();
  }

  private SampleResult sample(
      int index, PromptExample example, int promptTokens, double rightOfTen) {
    String expected = example.requireReference(PromptExample.ANSWER);
    SampleResult.Builder sample =
        SampleResult.builder(index)
            .prompt("system: List the ingredients.\nuser: " + example.prompt().get(1).text())
            .reference(expected)
            .latency(Duration.ofMillis(80 + promptTokens / 4 + random.nextInt(60)));
    if (index == 13 && promptTokens > 420) {
      return sample.failure("429: too many requests" + spice).build();
    }
    boolean right = random.nextInt(1000) < rightOfTen * 100;
    String answer = right ? expected : "Here is a list: flour and " + expected + spice;
    return sample
        .answer(answer)
        .usage(new TokenUsage(promptTokens, right ? 12 : 31))
        .grade("exact", right ? Grade.pass() : Grade.fail("Expected " + expected + spice))
        .grade("ingredients F1", Grade.of(right ? 1 : 0.4, 1))
        .build();
  }

  private Decision decision(List<EvaluationReport> baselines, EvaluationReport tuned) {
    InferencePrice price = new InferencePrice(Money.dollars("0.40"), Money.dollars("1.60"));
    CostFigures.Builder costs =
        CostFigures.builder()
            .oneTime(Money.dollars("3.12"))
            .monthly("fine-tuned", Money.dollars("20"))
            .price("fine-tuned", price);
    baselines.forEach(report -> costs.price(report.name(), price));
    return DecisionMaker.under(
            DecisionPolicy.builder("exact").minimumGainPoints(5).requestsPerMonth(400_000).build())
        .baselines(baselines)
        .tuned(tuned)
        .costs(costs.build())
        .lifetime(LocalDate.of(2026, 11, 22), LocalDate.of(2027, 10, 14))
        .decide();
  }

  private List<ValidationReport> validations() {
    Finding finding =
        new Finding(
            "near-duplicate",
            Severity.WARNING,
            ExampleLocation.line(42).at("$.messages[1].content"),
            "The prompt is nearly the same as in line 17" + spice + ".",
            "Remove one of them, or check that both are intended.");
    return List.of(
        new ValidationReport("recipes" + spice, 50, List.of(finding)),
        new ValidationReport("recipes, held out", 10, List.of()));
  }

  private static TokenStatistics tokens() {
    return new TokenStatistics(
        50,
        4_730,
        61,
        181,
        List.of(
            new TokenStatistics.Quantile(0.5, 92),
            new TokenStatistics.Quantile(0.9, 131),
            new TokenStatistics.Quantile(0.99, 178)),
        List.of(3L, 9L, 14L, 11L, 6L, 3L, 2L, 1L, 0L, 1L),
        0,
        true);
  }

  private CostEstimate estimate() {
    return new CostEstimate(
        Money.dollars("2.81"),
        Money.dollars("3.50"),
        14_190,
        3,
        List.of("Training costs 25.00 USD per million tokens" + spice + "."),
        LocalDate.of(2026, 11, 1));
  }

  private Ledger ledger() {
    return Ledger.of(
        List.of(
            new LedgerEntry(
                "training",
                START,
                "training of tiny-recipes" + spice,
                Optional.of(Money.dollars("3.50")),
                Optional.of(Money.dollars("3.12"))),
            new LedgerEntry(
                "hosting",
                START,
                "deployment, 0.3 h",
                Optional.empty(),
                Optional.of(Money.dollars("0.09")))));
  }

  private FineTuningJob job() {
    return FineTuningJob.builder(
            new JobReference(PROVIDER, "job-1" + spice), JobStatus.SUCCEEDED, "succeeded")
        .baseModel("tiny-recipes")
        .fineTunedModel("tiny-recipes:ft-1" + spice)
        .trainedTokens(14_190)
        .createdAt(START)
        .build();
  }

  private List<TrainingMetrics> metrics() {
    List<TrainingMetrics> metrics = new ArrayList<>();
    for (int step = 1; step <= 900; step++) {
      double loss = 0.12 + 3.4 * Math.exp(-step / 140.0);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put(TrainingMetrics.LOSS, loss * (0.75 + 0.5 * random.nextDouble()));
      values.put(TrainingMetrics.TOKENS_PER_SECOND, 11_800.0 + random.nextInt(400));
      if (step % 100 == 0) {
        values.put(TrainingMetrics.VALIDATION_LOSS, loss * 1.12 + 0.03);
      }
      metrics.add(new TrainingMetrics(step, values));
    }
    return metrics;
  }
}
