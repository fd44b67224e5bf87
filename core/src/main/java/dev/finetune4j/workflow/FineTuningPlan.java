package dev.finetune4j.workflow;

import dev.finetune4j.baseline.Baseline;
import dev.finetune4j.cost.Budget;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.DatasetSplit;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.training.FineTuningRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains, measures, decides and may cost. A plan contains nothing specific to one
 * provider, so the same plan runs on all of them. Immutable and thread-safe; the builder is not.
 */
public final class FineTuningPlan {
  private final FineTuningRequest request;
  private final Dataset<PromptExample> testData;
  private final Map<String, Grader> graders;
  private final List<Baseline> baselines;
  private final @Nullable ChatModel baselineModel;
  private final Budget budget;
  private final DecisionPolicy policy;
  private final Capacity capacity;
  private final Duration leaseTime;
  private final boolean allowsLeakedTestData;
  private final int concurrency;
  private final OptionalInt maximumAnswerTokens;

  private FineTuningPlan(Builder builder) {
    request = builder.request;
    testData = builder.testData;
    graders = Collections.unmodifiableMap(new LinkedHashMap<>(builder.graders));
    baselines =
        builder.baselines.stream()
            .map(baseline -> baseline.withExamples(request.trainingData()))
            .toList();
    baselineModel = builder.baselineModel;
    budget = builder.budget;
    capacity = builder.capacity;
    leaseTime = builder.leaseTime;
    allowsLeakedTestData = builder.allowsLeakedTestData;
    concurrency = builder.concurrency;
    maximumAnswerTokens = builder.maximumAnswerTokens;
    if (graders.isEmpty() || baselines.isEmpty()) {
      throw new IllegalArgumentException(
          "A plan needs at least one grader and one baseline, or it cannot show whether fine-tuning"
              + " pays off.");
    }
    policy =
        builder.policy == null
            ? DecisionPolicy.builder(graders.keySet().iterator().next()).build()
            : builder.policy;
    if (!graders.containsKey(policy.grader())) {
      throw new IllegalArgumentException(
          "The policy decides by the unknown grader \""
              + policy.grader()
              + "\"; expected one of "
              + graders.keySet()
              + ".");
    }
  }

  /**
   * Returns a builder of a plan of supervised training with the provider's default settings: trains
   * on the first part and evaluates on the second. For other settings see {@link
   * #builder(FineTuningRequest, Dataset)}.
   */
  public static Builder supervised(String baseModel, DatasetSplit<ChatExample> data) {
    return builder(
        FineTuningRequest.supervised(baseModel, data.training()), data.validation().asPrompts());
  }

  /**
   * Returns a builder of a plan.
   *
   * @param request the training
   * @param testData the data on which the baselines and the tuned model are evaluated; must not
   *     overlap the training data
   */
  public static Builder builder(FineTuningRequest request, Dataset<PromptExample> testData) {
    return new Builder(request, testData);
  }

  /** Returns the training request. */
  public FineTuningRequest request() {
    return request;
  }

  /** Returns the data on which all models are evaluated. */
  public Dataset<PromptExample> testData() {
    return testData;
  }

  /** Returns the graders by name, in the order in which they were added. */
  public Map<String, Grader> graders() {
    return graders;
  }

  /** Returns the baselines. */
  public List<Baseline> baselines() {
    return baselines;
  }

  /** Returns the model that the baselines use instead of the provider's base model. */
  public Optional<ChatModel> baselineModel() {
    return Optional.ofNullable(baselineModel);
  }

  /** Returns the cost limit of the run. */
  public Budget budget() {
    return budget;
  }

  /** Returns the conditions for choosing the tuned model. */
  public DecisionPolicy policy() {
    return policy;
  }

  /** Returns the capacity of the deployment, where the provider needs one. */
  public Capacity capacity() {
    return capacity;
  }

  /**
   * Returns the time to live of the deployment's lease until the run has decided: a kept deployment
   * has no end.
   */
  public Duration leaseTime() {
    return leaseTime;
  }

  /** Returns whether the run accepts prompts of the test data in the training data. */
  public boolean allowsLeakedTestData() {
    return allowsLeakedTestData;
  }

  /** Returns the number of concurrent requests of an evaluation. */
  public int concurrency() {
    return concurrency;
  }

  /** Returns the maximum number of tokens of an answer. */
  public OptionalInt maximumAnswerTokens() {
    return maximumAnswerTokens;
  }

  /** Builds a plan. Not thread-safe. */
  public static final class Builder {
    private final FineTuningRequest request;
    private final Dataset<PromptExample> testData;
    private final Map<String, Grader> graders = new LinkedHashMap<>();
    private final List<Baseline> baselines = new ArrayList<>();
    private @Nullable ChatModel baselineModel;
    private Budget budget = Budget.unlimited();
    private @Nullable DecisionPolicy policy;
    private Capacity capacity = Capacity.serverless();
    private Duration leaseTime = Duration.ofHours(4);
    private boolean allowsLeakedTestData;
    private int concurrency = 4;
    private OptionalInt maximumAnswerTokens = OptionalInt.empty();

    private Builder(FineTuningRequest request, Dataset<PromptExample> testData) {
      this.request = Objects.requireNonNull(request, "request");
      this.testData = Objects.requireNonNull(testData, "testData");
    }

    /**
     * Adds a grader under its own name; at least one is required. The first one decides unless the
     * policy names another.
     *
     * @throws IllegalArgumentException if the plan already has a grader with that name
     */
    public Builder grader(Grader grader) {
      return grader(grader.name(), grader);
    }

    /**
     * Adds a grader under another name. Give code of your own a version ({@link
     * Grader#withVersion}), because a resumed run compares names and versions.
     *
     * @throws IllegalArgumentException if the plan already has a grader with that name
     */
    public Builder grader(String name, Grader grader) {
      if (graders.putIfAbsent(name, grader) != null) {
        throw new IllegalArgumentException("There are two graders named \"" + name + "\".");
      }
      return this;
    }

    /** Adds baselines, which fine-tuning must beat; at least one is required. */
    public Builder baselines(Baseline... added) {
      baselines.addAll(List.of(added));
      return this;
    }

    /**
     * Sets the model that the baselines use; required where the provider's base model answers only
     * from a deployment.
     */
    public Builder baselineModel(ChatModel model) {
      baselineModel = model;
      return this;
    }

    /**
     * Sets the cost limit of training; unlimited by default. Before the job is created, its upper
     * estimate and what the run has cost so far must lie within the limit. What follows the job,
     * such as the deployment and the test questions for the tuned model, is not estimated.
     */
    public Builder costCeiling(Money ceiling) {
      budget = Budget.of(ceiling);
      return this;
    }

    /**
     * Sets the conditions for choosing the tuned model; by default the standard policy for the
     * first grader.
     */
    public Builder policy(DecisionPolicy rules) {
      policy = rules;
      return this;
    }

    /**
     * Accepts training data that contains prompts of the test data, with the same instructions and
     * tools; by default the run refuses it before anything is sent, because results on such prompts
     * prove nothing.
     */
    public Builder allowLeakedTestData() {
      allowsLeakedTestData = true;
      return this;
    }

    /** Sets the capacity of the deployment; serverless by default. */
    public Builder deployAs(Capacity size) {
      capacity = size;
      return this;
    }

    /**
     * Sets how long the deployment may exist before the run has decided about it; 4 h by default.
     * After that the next run or sweep deletes it. A deployment that the run keeps stays until
     * {@link FineTuningWorkflow#release}.
     */
    public Builder leaseTime(Duration time) {
      leaseTime = time;
      return this;
    }

    /** Sets the number of concurrent requests of an evaluation; 4 by default. */
    public Builder concurrency(int samples) {
      concurrency = samples;
      return this;
    }

    /** Sets the maximum number of tokens of an answer; by default the provider chooses. */
    public Builder maximumAnswerTokens(int tokens) {
      maximumAnswerTokens = OptionalInt.of(tokens);
      return this;
    }

    /**
     * Returns the plan.
     *
     * @throws IllegalArgumentException if graders or baselines are missing, or the policy names an
     *     unknown grader
     */
    public FineTuningPlan build() {
      return new FineTuningPlan(this);
    }
  }
}
