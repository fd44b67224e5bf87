package dev.finetune4j.evaluation;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
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
 * Asks a model every question of a data set and grades the answers. One evaluation measures any
 * number of alternatives on the same samples. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * Evaluation evaluation =
 *     Evaluation.builder(testData)
 *         .grader("exact", Graders.exact())
 *         .adaptiveConcurrency(32)
 *         .storeIn(Path.of("samples"))
 *         .build();
 * EvaluationReport base = evaluation.run("zero-shot", baseModel);
 * EvaluationReport tuned = evaluation.run("tuned", tunedModel);
 * tuned.comparedTo(base, "exact").interval(); // says whether the gain is more than noise
 * }</pre>
 */
public final class Evaluation {
  private final EvaluationSettings settings;

  private Evaluation(EvaluationSettings settings) {
    this.settings = settings;
    if (settings.graders.isEmpty()) {
      throw new IllegalArgumentException("An evaluation needs at least one grader.");
    }
  }

  /** Starts an evaluation over {@code dataset}: one sample at a time, nothing else set. */
  public static Builder builder(Dataset<PromptExample> dataset) {
    return new Builder(dataset);
  }

  /**
   * Asks {@code model} for each sample that is not kept yet and returns the whole report. Blocks;
   * costs one request and its tokens for each sample; holds the data set in memory. A sample that
   * fails is recorded with its reason and counts in the denominator; so does one that was not asked
   * because of the cost limit or the cancellation. A question that the service refused as one too
   * many is asked again when the service says; nothing else is asked twice.
   *
   * @param name the alternative, for the report; kept samples and cached answers go by it
   * @throws InterruptedException if the thread is interrupted: running requests are interrupted
   *     too, and no report is made; what was kept stays
   * @throws java.io.UncheckedIOException if a sample cannot be kept
   */
  public EvaluationReport run(String name, ChatModel model) throws InterruptedException {
    return new EvaluationRun(settings, name, model).report();
  }

  /** Returns the data set whose questions are asked. */
  public Dataset<PromptExample> dataset() {
    return settings.dataset;
  }

  /** Returns what measuring one alternative takes, nothing kept or cached. Reads the data set. */
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

  /** Collects the parts of an evaluation. Not thread-safe. */
  public static final class Builder {
    private final EvaluationSettings settings;

    private Builder(Dataset<PromptExample> dataset) {
      settings = new EvaluationSettings(dataset);
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
     * Adds a tag, by which samples can be sliced and grouped: what {@code value} says of an example
     * is kept with each of its samples.
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
     * Sets how many answers to ask for each example, at least 1; the default is 1. Each is a sample
     * of its own, and costs as much.
     */
    public Builder repetitions(int answers) {
      settings.repetitions = positive(answers, "An example is asked at least once, not ");
      return this;
    }

    /** Sets how many questions are under way at once, at least 1; the default is 1. */
    public Builder concurrency(int questions) {
      settings.concurrency = positive(questions, "Concurrency is at least 1, not ");
      settings.adaptive = false;
      return this;
    }

    /**
     * Lets the evaluation find out how many questions may be under way at once, up to {@code most}:
     * more with each answer, half after a refusal.
     */
    public Builder adaptiveConcurrency(int most) {
      settings.concurrency = positive(most, "Concurrency is at least 1, not ");
      settings.adaptive = true;
      return this;
    }

    /**
     * Sets how many requests and tokens the service allows in a minute, for services that do not
     * say; what a service says with its answers outranks a higher figure here.
     */
    public Builder rateLimit(long requestsPerMinute, long tokensPerMinute) {
      if (requestsPerMinute < 1 || tokensPerMinute < 1) {
        throw new IllegalArgumentException("A limit is at least 1 a minute.");
      }
      settings.requestsPerMinute = OptionalLong.of(requestsPerMinute);
      settings.tokensPerMinute = OptionalLong.of(tokensPerMinute);
      return this;
    }

    /** Sets the most tokens of an answer; by default the provider chooses. */
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
     * Keeps each sample on disk as soon as it is graded, so that a run that died is taken up where
     * it stopped; a crash of the whole machine can cost the last few. There is one file for each
     * alternative, found again by the fingerprint of the data, the alternative's name, the settings
     * of the request and the names of the graders. A grader that changes its mind needs another
     * name.
     */
    public Builder storeIn(Path folder) {
      return storeIn(SampleStorage.inFolder(folder));
    }

    /** Keeps each sample in {@code storage}, as {@link #storeIn(Path)} does in files. */
    public Builder storeIn(SampleStorage storage) {
      settings.storage = storage;
      return this;
    }

    /** Lets kept samples without an answer be asked again; else they stay failed. */
    public Builder askFailedAgain() {
      settings.failuresAgain = true;
      return this;
    }

    /**
     * Looks for answers in a cache before a model is asked, and keeps new ones there. In the cache
     * the alternative's name stands for the model: another model needs another name.
     */
    public Builder cache(AnswerCache answers) {
      settings.cache = answers;
      return this;
    }

    /**
     * Stops before {@code limit} would be exceeded: what an alternative has cost, kept samples
     * included, and what its questions under way and the next one may cost at most. Prompts are
     * estimated; an answer counts with {@link #maximumTokens}, without it with the longest seen so
     * far. The rest are recorded as not asked. Each alternative has the whole limit.
     */
    public Builder costLimit(Money limit, InferencePrice price) {
      settings.costLimit = limit;
      settings.price = price;
      return this;
    }

    /**
     * Sends the questions as batches where the model is a {@link
     * dev.finetune4j.inference.BatchChatModel}: mostly at half the price, within a day. Others are
     * asked one by one. Latencies are then not known and count as zero.
     */
    public Builder inBatches(PollingSchedule schedule) {
      settings.batchSchedule = schedule;
      return this;
    }

    /**
     * Sets what ends the evaluation early: looked at before each question. Those under way are
     * waited for, the rest recorded as not asked.
     */
    public Builder stopWhen(BooleanSupplier cancelled) {
      settings.stop = cancelled;
      return this;
    }

    /** Sets who follows the evaluation. */
    public Builder listener(EvaluationListener follower) {
      settings.listener = follower;
      return this;
    }

    /** Sets the clock that dates the report and waits; by default this machine's. */
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
