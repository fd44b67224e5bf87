package dev.finetune4j.evaluation;

import dev.finetune4j.Time;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Asks a model every question of a data set and grades the answers. One evaluation measures any
 * number of alternatives on the same samples. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * Evaluation evaluation =
 *     Evaluation.builder(testData).grader("exact", Graders.exact()).concurrency(4).build();
 * EvaluationReport base = evaluation.run("zero-shot", baseModel);
 * EvaluationReport tuned = evaluation.run("tuned", tunedModel);
 * tuned.comparedTo(base, "exact").interval(); // says whether the gain is more than noise
 * }</pre>
 */
public final class Evaluation {
  private final Dataset<PromptExample> dataset;
  private final Map<String, Grader> graders;
  private final Map<String, Function<PromptExample, String>> tags;
  private final int repetitions;
  private final int concurrency;
  private final OptionalInt maximumTokens;
  private final OptionalDouble temperature;
  private final EvaluationListener listener;
  private final Time time;

  private Evaluation(Builder builder) {
    dataset = builder.dataset;
    graders = new LinkedHashMap<>(builder.graders);
    tags = new LinkedHashMap<>(builder.tags);
    repetitions = builder.repetitions;
    concurrency = builder.concurrency;
    maximumTokens = builder.maximumTokens;
    temperature = builder.temperature;
    listener = builder.listener;
    time = builder.time;
    if (graders.isEmpty()) {
      throw new IllegalArgumentException("An evaluation needs at least one grader.");
    }
  }

  /** Starts an evaluation over {@code dataset}: one sample at a time, nothing else set. */
  public static Builder builder(Dataset<PromptExample> dataset) {
    return new Builder(dataset);
  }

  /**
   * Asks {@code model} once for each example and returns the whole report. Blocks; costs one
   * request and its tokens for each example; holds the data set in memory. A sample that fails is
   * recorded with its reason and counts in the denominator; nothing is asked twice.
   *
   * @param name the alternative, for the report
   * @throws InterruptedException if the thread is interrupted: running requests are interrupted
   *     too, and no report is made
   */
  public EvaluationReport run(String name, ChatModel model) throws InterruptedException {
    return new EvaluationRun(this, name, model).report();
  }

  /** Returns the data set whose questions are asked. */
  public Dataset<PromptExample> dataset() {
    return dataset;
  }

  Map<String, Grader> graders() {
    return graders;
  }

  Map<String, Function<PromptExample, String>> tags() {
    return tags;
  }

  int repetitions() {
    return repetitions;
  }

  int concurrency() {
    return concurrency;
  }

  EvaluationListener listener() {
    return listener;
  }

  Time time() {
    return time;
  }

  ChatRequest request(PromptExample example) {
    ChatRequest.Builder request = ChatRequest.builder(example.prompt()).tools(example.tools());
    maximumTokens.ifPresent(request::maximumTokens);
    temperature.ifPresent(request::temperature);
    return request.build();
  }

  /** Collects the parts of an evaluation. Not thread-safe. */
  public static final class Builder {
    private final Dataset<PromptExample> dataset;
    private final Map<String, Grader> graders = new LinkedHashMap<>();
    private final Map<String, Function<PromptExample, String>> tags = new LinkedHashMap<>();
    private int repetitions = 1;
    private int concurrency = 1;
    private OptionalInt maximumTokens = OptionalInt.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private EvaluationListener listener = EvaluationListener.NONE;
    private Time time = Time.system();

    private Builder(Dataset<PromptExample> dataset) {
      this.dataset = Objects.requireNonNull(dataset, "dataset");
    }

    /**
     * Adds a grader under a name that is unique in this evaluation.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder grader(String name, Grader grader) {
      if (graders.putIfAbsent(name, grader) != null) {
        throw new IllegalArgumentException("There are two graders named \"" + name + "\".");
      }
      return this;
    }

    /**
     * Adds a tag, by which samples can be sliced and grouped: what {@code value} says of an example
     * is kept with each of its samples.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder tag(String name, Function<PromptExample, String> value) {
      if (tags.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("There are two tags named \"" + name + "\".");
      }
      return this;
    }

    /**
     * Sets how many answers to ask for each example, at least 1; the default is 1. Each is a sample
     * of its own, and costs as much.
     */
    public Builder repetitions(int answers) {
      if (answers < 1) {
        throw new IllegalArgumentException(
            "An example is asked at least once, not " + answers + ".");
      }
      repetitions = answers;
      return this;
    }

    /** Sets how many questions are under way at once, at least 1; the default is 1. */
    public Builder concurrency(int questions) {
      if (questions < 1) {
        throw new IllegalArgumentException("Concurrency is at least 1, not " + questions + ".");
      }
      concurrency = questions;
      return this;
    }

    /** Sets the most tokens of an answer; by default the provider chooses. */
    public Builder maximumTokens(int tokens) {
      maximumTokens = OptionalInt.of(tokens);
      return this;
    }

    /**
     * Sets the sampling temperature; 0 makes answers repeatable. By default the provider chooses.
     */
    public Builder temperature(double value) {
      temperature = OptionalDouble.of(value);
      return this;
    }

    /** Sets who follows the evaluation. */
    public Builder listener(EvaluationListener follower) {
      listener = follower;
      return this;
    }

    /** Sets the clock that dates the report; by default this machine's. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Returns the evaluation. */
    public Evaluation build() {
      return new Evaluation(this);
    }
  }
}
