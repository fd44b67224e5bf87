package dev.finetune4j.evaluation;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.token.TokenCounter;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends every example of a data set to a model and grades the answers. One evaluation can measure
 * any number of models on the same samples. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * Evaluation evaluation =
 *     Evaluation.builder(testData)
 *         .grader(Graders.exact())
 *         .adaptiveConcurrency(32)
 *         .storeIn(Path.of("samples"))
 *         .build();
 * EvaluationReport base = evaluation.run("zero-shot", baseModel);
 * EvaluationReport tuned = evaluation.run("tuned", tunedModel);
 * tuned.comparedTo(base).interval(); // is the gain more than noise?
 * }</pre>
 *
 * <p>In short, for two models: {@code Evaluation.on(testData, Graders.exact()).compare(base,
 * tuned)}.
 */
public final class Evaluation {
  private final EvaluationSettings settings;

  private Evaluation(EvaluationSettings settings) {
    this.settings = settings;
    if (settings.graders.isEmpty()) {
      throw new IllegalArgumentException("An evaluation needs at least one grader.");
    }
  }

  /** Returns an evaluation over {@code dataset} that asks one sample at a time. */
  public static Evaluation on(Dataset<PromptExample> dataset, Grader... graders) {
    Builder builder = builder(dataset);
    for (Grader grader : graders) {
      builder.grader(grader);
    }
    return builder.build();
  }

  /** Starts an evaluation over {@code dataset}: one sample at a time, nothing else set. */
  public static Builder builder(Dataset<PromptExample> dataset) {
    return new Builder(dataset);
  }

  /**
   * Asks {@code model} for each sample that is not stored yet and returns the complete report.
   * Blocks, costs one request for each sample, and holds the data set in memory. A failed sample is
   * recorded with its reason and counts as not passed, as does a sample that was not asked because
   * of the cost limit or a cancellation. Only rate-limited requests are retried, after the wait
   * that the service asks for.
   *
   * @param name the name of this alternative in the report; stored samples and cached answers are
   *     found by it
   * @throws OperationInterruptedException if the thread is interrupted: requests in flight are
   *     interrupted too and there is no report; stored samples remain
   * @throws java.io.UncheckedIOException if a sample cannot be stored
   */
  public EvaluationReport run(String name, ChatModel model) {
    try {
      return new EvaluationRun(settings, name, model).report();
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(e);
    }
  }

  /**
   * Measures {@code base} as "base" and {@code tuned} as "tuned", one after the other, and compares
   * tuned with base by the first grader. Blocks and costs as {@link #run} for each.
   *
   * @throws OperationInterruptedException if the thread is interrupted
   */
  public Comparison compare(ChatModel base, ChatModel tuned) {
    EvaluationReport baseline = run("base", base);
    return run("tuned", tuned).comparedTo(baseline);
  }

  /** Returns the data set to ask. */
  public Dataset<PromptExample> dataset() {
    return settings.dataset;
  }

  /**
   * Estimates the cost of measuring one alternative, ignoring stored and cached answers. Reads the
   * data set.
   */
  public EvaluationEstimate estimate(TokenCounter counter) {
    long tokens;
    try (Stream<PromptExample> examples = settings.dataset.examples()) {
      tokens = examples.mapToLong(counter::count).sum();
    }
    long questions = Math.multiplyExact(settings.dataset.size(), settings.repetitions);
    return new EvaluationEstimate(
        questions,
        tokens * settings.repetitions,
        settings.maximumTokens.isPresent()
            ? OptionalLong.of(questions * settings.maximumTokens.getAsInt())
            : OptionalLong.empty(),
        counter.isExact());
  }

  /** Builds an evaluation. Not thread-safe. */
  public static final class Builder {
    private final EvaluationSettings settings;

    private Builder(Dataset<PromptExample> dataset) {
      settings = new EvaluationSettings(dataset);
    }

    /**
     * Adds a grader under its own name, which must be unique in this evaluation. The first grader
     * is what {@link Evaluation#compare} uses.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder grader(Grader grader) {
      return grader(grader.name(), grader);
    }

    /**
     * Adds a grader under a name that is unique in this evaluation.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder grader(String name, Grader grader) {
      if (settings.graders.putIfAbsent(name, grader) != null) {
        throw new IllegalArgumentException("There are two graders named \"" + name + "\".");
      }
      return this;
    }

    /**
     * Adds a tag by which samples can be sliced and grouped. Each sample stores the {@code value}
     * of its example.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Builder tag(String name, Function<PromptExample, String> value) {
      if (settings.tags.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("There are two tags named \"" + name + "\".");
      }
      return this;
    }

    /**
     * Sets how many answers to request for each example, at least 1; the default is 1. Each is a
     * separate sample and is paid for separately.
     */
    public Builder repetitions(int answers) {
      settings.repetitions = positive(answers, "repetitions must be at least 1, was ");
      return this;
    }

    /** Sets how many requests may be in flight, at least 1; the default is 1. */
    public Builder concurrency(int questions) {
      settings.concurrency = positive(questions, "concurrency must be at least 1, was ");
      settings.adaptive = false;
      return this;
    }

    /**
     * Lets the evaluation find out how many requests may be in flight, up to {@code most}: it adds
     * one after each answer and halves after a refusal.
     */
    public Builder adaptiveConcurrency(int most) {
      settings.concurrency = positive(most, "concurrency must be at least 1, was ");
      settings.adaptive = true;
      return this;
    }

    /**
     * Sets how many requests and tokens the service allows per minute, for services that do not
     * report it. A lower limit reported by the service takes precedence.
     */
    public Builder rateLimit(long requestsPerMinute, long tokensPerMinute) {
      if (requestsPerMinute < 1 || tokensPerMinute < 1) {
        throw new IllegalArgumentException(
            "Rate limits must be at least 1 per minute, were %s requests and %s tokens."
                .formatted(requestsPerMinute, tokensPerMinute));
      }
      settings.requestsPerMinute = OptionalLong.of(requestsPerMinute);
      settings.tokensPerMinute = OptionalLong.of(tokensPerMinute);
      return this;
    }

    /** Sets the maximum number of tokens of an answer; by default the provider chooses. */
    public Builder maximumTokens(int tokens) {
      settings.maximumTokens = OptionalInt.of(tokens);
      return this;
    }

    /**
     * Sets the sampling temperature; 0 makes answers repeatable. By default the provider chooses.
     */
    public Builder temperature(double value) {
      settings.temperature = OptionalDouble.of(value);
      return this;
    }

    /**
     * Stores each sample on disk as soon as it is graded, so that a later run resumes where this
     * one stopped; a crash of the whole machine can lose the last few. Each alternative has one
     * file, identified by the fingerprint of the data, the alternative's name, the request settings
     * and the names of the graders. Rename a grader when its behavior changes.
     */
    public Builder storeIn(Path folder) {
      return storeIn(SampleStorage.inFolder(folder));
    }

    /** Stores each sample in {@code storage}, as {@link #storeIn(Path)} does in files. */
    public Builder storeIn(SampleStorage storage) {
      settings.storage = storage;
      return this;
    }

    /** Asks stored samples without an answer again; by default they stay failed. */
    public Builder askFailedAgain() {
      settings.failuresAgain = true;
      return this;
    }

    /**
     * Looks for answers in a cache before asking the model, and adds new ones to it. The cache
     * identifies the model by the name of the alternative, so give another model another name.
     */
    public Builder cache(AnswerCache answers) {
      settings.cache = answers;
      return this;
    }

    /**
     * Stops before {@code limit} could be exceeded, counting the cost so far, stored samples
     * included, and the most that the requests in flight and the next one may cost. Prompts are
     * estimated; an answer counts with {@link #maximumTokens} or, if unset, with the longest answer
     * so far. The remaining samples are recorded as not asked. The limit applies to each
     * alternative separately.
     */
    public Builder costLimit(Money limit, InferencePrice price) {
      settings.costLimit = limit;
      settings.price = price;
      return this;
    }

    /**
     * Sends batches if the model is a {@link dev.finetune4j.inference.BatchChatModel}: usually at
     * half the price and within a day. Other models are asked one by one. Latencies of batches are
     * unknown and recorded as zero.
     */
    public Builder inBatches(PollingSchedule schedule) {
      settings.batchSchedule = schedule;
      return this;
    }

    /**
     * Sets a condition that ends the evaluation early, checked before each request. Requests in
     * flight are awaited; the remaining samples are recorded as not asked.
     */
    public Builder stopWhen(BooleanSupplier cancelled) {
      settings.stop = cancelled;
      return this;
    }

    /** Sets the listener that is notified of progress. */
    public Builder listener(EvaluationListener follower) {
      settings.listener = follower;
      return this;
    }

    /** Sets the clock for timestamps and pauses; by default the system clock. */
    public Builder time(Time clock) {
      settings.time = clock;
      return this;
    }

    /** Returns the evaluation. */
    public Evaluation build() {
      return new Evaluation(settings.copy());
    }

    private static int positive(int number, String message) {
      if (number < 1) {
        throw new IllegalArgumentException(message + number + ".");
      }
      return number;
    }
  }
}
