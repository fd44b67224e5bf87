package dev.finetune4j.workflow;

import dev.finetune4j.cost.BudgetExceededException;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.workflow.journal.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Waits for the end of the job, and records its metrics and its cost. */
final class AwaitStep implements WorkflowStep {
  private static final String JOB = "job.json";
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MILLISECONDS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  @Override
  public Step step() {
    return Step.AWAIT;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    JobHandle handle = run.provider().job(run.requireJobReference());
    JobObserver observer = new JobObserver(run, handle);
    FineTuningJob job = handle.await(run.workflow().polling(), observer);
    Optional<Money> cost = cost(run, job);
    run.record(
        new LedgerEntry(
            EstimateStep.TRAINING,
            run.workflow().time().now(),
            "training of " + run.plan().request().baseModel(),
            run.ledger().entries().stream()
                .filter(entry -> entry.id().equals(EstimateStep.TRAINING))
                .findFirst()
                .flatMap(LedgerEntry::estimated),
            cost));
    run.requireNotCancelled();
    observer.requireWithinBudget();
    String model = job.requireFineTunedModel().name();
    run.store(JOB, toJson(job, observer.metrics()));
    return Map.of("model", model, "cost", cost.map(Money::toString).orElse("unknown"));
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String text = run.require(JOB);
    run.job = readJob(text, run.requireJobReference());
    run.metrics = readMetrics(text);
  }

  /** Returns the cost of the job so far, if its price and what it is billed by are known. */
  private static Optional<Money> cost(RunState run, FineTuningJob job) {
    return run.workflow()
        .prices()
        .trainingPrice(run.baseModel())
        .flatMap(price -> cost(price, job, run.workflow().time().now()));
  }

  private static Optional<Money> cost(TrainingPrice price, FineTuningJob job, Instant now) {
    if (price instanceof TrainingPrice.PerMillionTokens perToken) {
      return job.trainedTokens().isEmpty()
          ? Optional.empty()
          : Optional.of(
              perToken
                  .price()
                  .times(BigDecimal.valueOf(job.trainedTokens().getAsLong()).divide(MILLION)));
    } else if (price instanceof TrainingPrice.PerHour perHour) {
      if (job.createdAt().equals(Instant.EPOCH)) {
        return Optional.empty();
      }
      Duration taken = Duration.between(job.createdAt(), job.finishedAt().orElse(now));
      BigDecimal hours =
          BigDecimal.valueOf(Math.max(0, taken.toMillis()))
              .divide(MILLISECONDS_PER_HOUR, 6, RoundingMode.CEILING);
      return Optional.of(perHour.price().times(hours));
    }
    return Optional.of(Money.zero());
  }

  private static String toJson(FineTuningJob job, List<TrainingMetrics> metrics) {
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    for (TrainingMetrics measured : metrics) {
      steps.add(
          JsonObject.empty().put("step", measured.step()).put("values", measured.values()).asMap());
    }
    return JsonObject.empty()
        .put("status", job.status().name())
        .put("provider_status", job.providerStatus())
        .put("base_model", job.baseModel())
        .put("created_at", job.createdAt().toString())
        .putIfPresent("finished_at", job.finishedAt().map(Instant::toString))
        .putIfPresent("fine_tuned_model", job.fineTunedModel().map(model -> model.name()))
        .putIfPresent("trained_tokens", job.trainedTokens())
        .put("metrics", steps)
        .toString();
  }

  private static FineTuningJob readJob(String text, JobReference reference) {
    JsonObject json = Json.parseObject(text);
    FineTuningJob.Builder job =
        FineTuningJob.builder(
                reference,
                JobStatus.valueOf(json.requireString("status")),
                json.requireString("provider_status"))
            .baseModel(json.requireString("base_model"))
            .createdAt(Instant.parse(json.requireString("created_at")))
            .fineTunedModel(json.findString("fine_tuned_model").orElse(null))
            .finishedAt(json.findString("finished_at").map(Instant::parse).orElse(null));
    json.findLong("trained_tokens").ifPresent(job::trainedTokens);
    return job.build();
  }

  private static List<TrainingMetrics> readMetrics(String text) {
    List<TrainingMetrics> metrics = new ArrayList<>();
    for (JsonObject step : Json.parseObject(text).objects("metrics")) {
      JsonObject values = step.requireObject("values");
      Map<String, Double> figures = new LinkedHashMap<>();
      values
          .asMap()
          .keySet()
          .forEach(name -> values.findDouble(name).ifPresent(v -> figures.put(name, v)));
      metrics.add(new TrainingMetrics(step.requireLong("step"), figures));
    }
    return metrics;
  }

  /**
   * Collects the metrics of the job, writes its progress, and cancels it if the run is cancelled or
   * the job exceeds the cost limit.
   */
  private static final class JobObserver implements JobListener {
    private final RunState run;
    private final JobHandle handle;
    private final List<TrainingMetrics> metrics = new ArrayList<>();
    private @Nullable Money exceededAt;
    private boolean cancelled;
    private long stepsDone;
    private OptionalLong allSteps = OptionalLong.empty();

    JobObserver(RunState run, JobHandle handle) {
      this.run = run;
      this.handle = handle;
    }

    @Override
    public void onSnapshot(FineTuningJob job) {
      if (!cancelled && !job.status().isTerminal() && run.isCancelRequested()) {
        cancelled = true;
        handle.cancel();
      }
      Optional<Money> cost = cost(run, job);
      boolean over =
          cost.isPresent()
              && run.plan().budget().isExceededBy(run.ledger().spent().plus(cost.get()));
      if (over && exceededAt == null && !job.status().isTerminal()) {
        exceededAt = cost.get();
        handle.cancel();
      }
      run.noteProgress(job.status().name(), stepsDone, allSteps, cost);
    }

    @Override
    public void onEvent(JobEvent event) {
      if (event instanceof JobEvent.MetricsRecorded recorded) {
        metrics.add(recorded.metrics());
        stepsDone = recorded.metrics().step();
        OptionalDouble all = recorded.metrics().find(TrainingMetrics.TOTAL_STEPS);
        allSteps = all.isPresent() ? OptionalLong.of((long) all.getAsDouble()) : allSteps;
      }
      run.workflow().listener().jobEvent(run.run(), event);
    }

    List<TrainingMetrics> metrics() {
      return List.copyOf(metrics);
    }

    void requireWithinBudget() {
      if (exceededAt != null) {
        throw new BudgetExceededException(
            "The job "
                + handle.reference()
                + " was cancelled because its cost of "
                + exceededAt
                + " and the earlier costs of the run exceed the limit of "
                + run.plan().budget().ceiling().map(Money::toString).orElse("")
                + ".");
      }
    }
  }
}
