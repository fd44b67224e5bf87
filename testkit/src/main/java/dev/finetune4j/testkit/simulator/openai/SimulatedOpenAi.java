package dev.finetune4j.testkit.simulator.openai;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import dev.finetune4j.testkit.simulator.Dispatch;
import dev.finetune4j.testkit.simulator.Faults;
import dev.finetune4j.testkit.simulator.LoopbackServer;
import dev.finetune4j.testkit.simulator.RecordedExchange;
import dev.finetune4j.testkit.simulator.Routes;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * OpenAI's API on loopback, with a memory: files, jobs that go through their states as the clock
 * goes on, models that answer, and faults on request.
 *
 * <pre>{@code
 * ManualTime time = new ManualTime();
 * try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().time(time).start()) {
 *   openAi.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());
 *   // ... the code under test, pointed at openAi.baseUrl() with openAi.apiKey() ...
 *   time.advance(Duration.ofHours(1));                  // the job is through
 *   assertThat(openAi.jobsCreated()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Nothing happens in the background: states are computed from the clock when somebody asks.
 * Costs no money and reaches no network. Thread-safe.
 */
@Experimental
public final class SimulatedOpenAi implements AutoCloseable {
  private final Settings settings;
  private final State state;
  private final Dispatch dispatch;
  private final Faults faults;
  private final LoopbackServer server;

  private SimulatedOpenAi(Settings settings) {
    this.settings = settings;
    this.state = new State(settings);
    this.faults = new Faults(settings.seed);
    Routes routes = new Routes();
    new FileRoutes(state).addTo(routes);
    new JobRoutes(state).addTo(routes);
    new ModelRoutes(state).addTo(routes);
    new ChatRoutes(new ChatService(state)).addTo(routes);
    this.dispatch = new Dispatch(List.of("v1"), routes, new OpenAiGate(settings), faults);
    this.server = LoopbackServer.start(settings.port, dispatch);
  }

  /** Starts describing a simulator. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns where it listens, up to and with {@code /v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  /** Returns the key that requests must carry. */
  public String apiKey() {
    return settings.apiKey;
  }

  /** Returns the key for what only administrators may do: checkpoint permissions. */
  public String adminKey() {
    return settings.adminKey;
  }

  /** Returns how many jobs were created, whether anybody saw the answer or not. */
  public int jobsCreated() {
    synchronized (state) {
      return state.jobsCreated;
    }
  }

  /** Returns how many files were uploaded, in one piece or in parts. */
  public int filesUploaded() {
    synchronized (state) {
      return state.filesUploaded;
    }
  }

  /** Returns all requests so far with their answers. */
  public List<RecordedExchange> requests() {
    return dispatch.exchanges();
  }

  /** Returns what is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Returns how many connections clients hold open at the moment. */
  public int openConnections() {
    return server.openConnections();
  }

  /** Stops listening and forgets everything, also on disk. */
  @Override
  public void close() {
    server.close();
    state.contents.close();
  }

  /** Describes a simulator. Belongs to one thread. */
  public static final class Builder {
    private final Settings settings = new Settings();

    private Builder() {}

    /** Sets the clock; the system's if not set. */
    public Builder time(Time time) {
      settings.time = time;
      return this;
    }

    /** Sets the port; any free one if not set. */
    public Builder port(int port) {
      settings.port = port;
      return this;
    }

    /** Sets the key that requests must carry. */
    public Builder apiKey(String key) {
      settings.apiKey = key;
      return this;
    }

    /** Sets the key for administrators. */
    public Builder adminKey(String key) {
      settings.adminKey = key;
      return this;
    }

    /** Sets the organisation's name, which is a part of model names. */
    public Builder organization(String name) {
      settings.organization = name;
      return this;
    }

    /** Sets the seed of ids, curves and random faults; 1 if not set. */
    public Builder seed(long seed) {
      settings.seed = seed;
      return this;
    }

    /** Sets how long things take. */
    public Builder durations(SimulatedDurations durations) {
      settings.durations = durations;
      return this;
    }

    /** Sets how another server's dialect differs. */
    public Builder dialect(Dialect dialect) {
      settings.dialect = dialect;
      return this;
    }

    /**
     * Sets what all models answer. If not set, a tuned model gives the answer of the nearest
     * example of its training file, and a base says that it knows nothing.
     */
    public Builder answering(Function<ChatQuestion, String> function) {
      return answeringWith(question -> ChatAnswer.text(function.apply(question)));
    }

    /** Sets what all models answer, with tool calls and refusals. */
    public Builder answeringWith(Function<ChatQuestion, ChatAnswer> function) {
      settings.answering = function;
      return this;
    }

    /** Limits the requests of a minute; what is over gets 429 with Retry-After. */
    public Builder requestsPerMinute(long limit) {
      settings.requestsPerMinute = limit;
      return this;
    }

    /** Limits the tokens of a minute's chat requests; four characters count as one. */
    public Builder tokensPerMinute(long limit) {
      settings.tokensPerMinute = limit;
      return this;
    }

    /** Lets everything but reading be refused with 429 {@code insufficient_quota}. */
    public Builder quotaExhausted() {
      settings.quotaExhausted = true;
      return this;
    }

    /** Lets job creation be refused with 403, as OpenAI does since 2026. */
    public Builder trainingClosed() {
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
}
