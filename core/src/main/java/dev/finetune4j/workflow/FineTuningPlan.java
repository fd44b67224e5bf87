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
 * Everything that a run needs to know, and nothing that only one provider understands: the same
 * plan runs on all of them. Immutable and thread-safe; the builder is not.
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
    concurrency = builder.concurrency;
    maximumAnswerTokens = builder.maximumAnswerTokens;
    if (graders.isEmpty() || baselines.isEmpty()) {
      throw new IllegalArgumentException(
          "A plan needs at least one grader and one baseline, to say whether fine-tuning paid.");
    }
    policy =
        builder.policy == null
            ? DecisionPolicy.builder(graders.keySet().iterator().next()).build()
            : builder.policy;
    if (!graders.containsKey(policy.grader())) {
      throw new IllegalArgumentException(
          "Unknown grader \""
              + policy.grader()
              + "\" in the policy; expected one of "
              + graders.keySet());
    }
  }

  /**
   * Starts a plan of supervised training with the provider's defaults: trains on the first part and
   * measures on the second. For more settings of the training see {@link
   * #builder(FineTuningRequest, Dataset)}.
   */
  public static Builder supervised(String baseModel, DatasetSplit<ChatExample> data) {
    return builder(
        FineTuningRequest.supervised(baseModel, data.training()), data.validation().asPrompts());
  }

  /**
   * Starts a plan.
   *
   * @param request what is trained, on what
   * @param testData what the alternatives and the tuned model are measured on; shares nothing with
   *     the training data
   */
  public static Builder builder(FineTuningRequest request, Dataset<PromptExample> testData) {
    return new Builder(request, testData);
  }

  /** Returns what is trained, on what. */
  public FineTuningRequest request() {
    return request;
  }

  /** Returns what everything is measured on. */
  public Dataset<PromptExample> testData() {
    return testData;
  }

  /** Returns the graders by name, in the order in which they were added. */
  public Map<String, Grader> graders() {
    return graders;
  }

  /** Returns the alternatives to fine-tuning. */
  public List<Baseline> baselines() {
    return baselines;
  }

  /**
   * Returns the model under the alternatives, where it is not the provider's own answer for the
   * base model.
   */
  public Optional<ChatModel> baselineModel() {
    return Optional.ofNullable(baselineModel);
  }

  /** Returns the most that the run may cost. */
  public Budget budget() {
    return budget;
  }

  /** Returns what the tuned model must bring. */
  public DecisionPolicy policy() {
    return policy;
  }

  /** Returns how much a deployment can answer, where the provider deploys. */
  public Capacity capacity() {
    return capacity;
  }

  /** Returns how long a deployment may stand before it is deleted if nobody holds on to it. */
  public Duration leaseTime() {
    return leaseTime;
  }

  /** Returns how many samples are asked at once. */
  public int concurrency() {
    return concurrency;
  }

  /** Returns the most tokens that an answer may have. */
  public OptionalInt maximumAnswerTokens() {
    return maximumAnswerTokens;
  }

  /** Collects the parts of a plan. Not thread-safe. */
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
    private int concurrency = 4;
    private OptionalInt maximumAnswerTokens = OptionalInt.empty();

    private Builder(FineTuningRequest request, Dataset<PromptExample> testData) {
      this.request = Objects.requireNonNull(request, "request");
      this.testData = Objects.requireNonNull(testData, "testData");
    }

    /**
     * Adds a grader under its own name, which must be unique in the plan. The first one decides
     * unless the policy names another. At least one is needed.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder grader(Grader grader) {
      return grader(grader.name(), grader);
    }

    /**
     * Adds a grader under another name. A resumed run knows a grader by its name, so one that
     * grades differently needs another name.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder grader(String name, Grader grader) {
      if (graders.putIfAbsent(name, grader) != null) {
        throw new IllegalArgumentException("There are two graders named \"" + name + "\".");
      }
      return this;
    }

    /** Adds baselines, which fine-tuning must beat. At least one is needed. */
    public Builder baselines(Baseline... added) {
      baselines.addAll(List.of(added));
      return this;
    }

    /**
     * Sets the model under the alternatives: needed where the provider's base model answers only
     * from a deployment.
     */
    public Builder baselineModel(ChatModel model) {
      baselineModel = model;
      return this;
    }

    /** Sets the most that the run may cost; no limit if not set. */
    public Builder costCeiling(Money ceiling) {
      budget = Budget.of(ceiling);
      return this;
    }

    /** Sets what the tuned model must bring; the standard policy on the first grader if not set. */
    public Builder policy(DecisionPolicy rules) {
      policy = rules;
      return this;
    }

    /** Sets how much a deployment can answer; serverless if not set. */
    public Builder deployAs(Capacity size) {
      capacity = size;
      return this;
    }

    /** Sets how long a deployment may stand; 4 h if not set. */
    public Builder leaseTime(Duration time) {
      leaseTime = time;
      return this;
    }

    /** Sets how many samples are asked at once; 4 if not set. */
    public Builder concurrency(int samples) {
      concurrency = samples;
      return this;
    }

    /** Sets the most tokens that an answer may have; the provider chooses if not set. */
    public Builder maximumAnswerTokens(int tokens) {
      maximumAnswerTokens = OptionalInt.of(tokens);
      return this;
    }

    /**
     * Returns the plan.
     *
     * @throws IllegalArgumentException if there is no grader or no baseline, or the policy names a
     *     grader that is not there
     */
    public FineTuningPlan build() {
      return new FineTuningPlan(this);
    }
  }
}
