package dev.finetune4j.simulator.openai;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** Describes a {@link SimulatedOpenAi} before it starts. Belongs to one thread. */
@Experimental
public final class SimulatedOpenAiBuilder {
  private final Settings settings = new Settings();

  SimulatedOpenAiBuilder() {}

  /** Sets the clock; the system's if not set. */
  public SimulatedOpenAiBuilder time(Time time) {
    settings.time = time;
    return this;
  }

  /** Sets the port; any free one if not set. */
  public SimulatedOpenAiBuilder port(int port) {
    settings.port = port;
    return this;
  }

  /** Sets the key that requests must carry. */
  public SimulatedOpenAiBuilder apiKey(String key) {
    settings.apiKey = key;
    return this;
  }

  /** Sets the key for administrators. */
  public SimulatedOpenAiBuilder adminKey(String key) {
    settings.adminKey = key;
    return this;
  }

  /** Sets the organisation's name, which is a part of model names. */
  public SimulatedOpenAiBuilder organization(String name) {
    settings.organization = name;
    return this;
  }

  /** Sets the seed of ids, curves and random faults; 1 if not set. */
  public SimulatedOpenAiBuilder seed(long seed) {
    settings.seed = seed;
    return this;
  }

  /** Sets how long things take. */
  public SimulatedOpenAiBuilder durations(SimulatedDurations durations) {
    settings.durations = durations;
    return this;
  }

  /** Lets the list of jobs show a new job only so much later; at once if not set. */
  public SimulatedOpenAiBuilder listLag(Duration lag) {
    settings.listLag = lag;
    return this;
  }

  /** Sets how another server's dialect differs. */
  public SimulatedOpenAiBuilder dialect(Dialect dialect) {
    settings.dialect = dialect;
    return this;
  }

  /**
   * Sets what all models answer. If not set, a tuned model gives the answer of the nearest example
   * of its training file, and a base says that it knows nothing. In a batch the function is called
   * while the simulator is locked.
   */
  public SimulatedOpenAiBuilder answering(Function<ChatQuestion, String> function) {
    return answeringWith(question -> ChatAnswer.text(function.apply(question)));
  }

  /** Sets what all models answer, with tool calls and refusals. */
  public SimulatedOpenAiBuilder answeringWith(Function<ChatQuestion, ChatAnswer> function) {
    settings.answering = function;
    return this;
  }

  /**
   * Sets what stands for Python graders: gets the item as JSON and the sample's text, and returns
   * the reward. If not set, running a Python grader is refused.
   */
  public SimulatedOpenAiBuilder pythonGrader(ToDoubleBiFunction<String, String> function) {
    settings.pythonGrader = function;
    return this;
  }

  /** Sets the secret of webhook events: {@code whsec_} and Base64. */
  public SimulatedOpenAiBuilder webhookSecret(String secret) {
    settings.webhookSecret = secret;
    return this;
  }

  /** Limits the requests of a minute; what is over gets 429 with Retry-After. */
  public SimulatedOpenAiBuilder requestsPerMinute(long limit) {
    settings.requestsPerMinute = limit;
    return this;
  }

  /** Limits the tokens of a minute's chat requests; four characters count as one. */
  public SimulatedOpenAiBuilder tokensPerMinute(long limit) {
    settings.tokensPerMinute = limit;
    return this;
  }

  /** Lets everything but reading be refused with 429 {@code insufficient_quota}. */
  public SimulatedOpenAiBuilder quotaExhausted() {
    settings.quotaExhausted = true;
    return this;
  }

  /** Lets job creation be refused with 403, as OpenAI does since 2026. */
  public SimulatedOpenAiBuilder trainingClosed() {
    settings.trainingClosed = true;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public SimulatedOpenAi start() {
    return new SimulatedOpenAi(settings);
  }
}
