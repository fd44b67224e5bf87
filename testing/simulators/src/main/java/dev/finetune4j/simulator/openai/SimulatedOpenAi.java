package dev.finetune4j.simulator.openai;

import dev.finetune4j.Experimental;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.Faults;
import dev.finetune4j.simulator.LoopbackServer;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.Routes;
import java.net.URI;
import java.util.List;

/**
 * OpenAI's API on loopback, with state: files, jobs whose status follows the clock, models that
 * answer, and faults on request.
 *
 * <pre>{@code
 * FakeClock time = new FakeClock();
 * try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().time(time).start()) {
 *   openAi.faults().next("POST /fine_tuning/jobs", Fault.lostAnswer());
 *   // ... the code under test, pointed at openAi.baseUrl() with openAi.apiKey() ...
 *   time.advance(Duration.ofHours(1));                  // the job is through
 *   assertThat(openAi.jobsCreated()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>Nothing happens in the background: states are computed from the clock on each request. Costs
 * no money and reaches no network. Thread-safe.
 */
@Experimental
public final class SimulatedOpenAi implements AutoCloseable {
  private final Settings settings;
  private final State state;
  private final WebhookSender webhooks;
  private final List<String> routes;
  private final Dispatch dispatch;
  private final Faults faults;
  private final LoopbackServer server;

  SimulatedOpenAi(Settings settings) {
    this.settings = settings;
    this.state = new State(settings);
    this.faults = new Faults(settings.seed);
    this.webhooks = new WebhookSender(state);
    ChatService chat = new ChatService(state);
    Routes routes = new Routes();
    new FileRoutes(state).addTo(routes);
    new UploadRoutes(state).addTo(routes);
    new JobRoutes(state).addTo(routes);
    new PermissionRoutes(state).addTo(routes);
    new ModelRoutes(state).addTo(routes);
    new ChatRoutes(chat).addTo(routes);
    new EmbeddingRoutes().addTo(routes);
    new BatchRoutes(state, chat).addTo(routes);
    new GraderRoutes(settings, chat).addTo(routes);
    this.routes = routes.templates();
    this.dispatch = new Dispatch(List.of("v1"), routes, new OpenAiFilter(settings), faults);
    this.server = LoopbackServer.start(settings.port, dispatch);
  }

  /** Starts describing a simulator. */
  public static SimulatedOpenAiBuilder builder() {
    return new SimulatedOpenAiBuilder();
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

  /** Returns how many requests were served, whether their answers arrived or not. */
  public long requestCount() {
    return dispatch.served();
  }

  /** Returns the newest 10,000 requests with their answers, oldest first. */
  public List<RecordedExchange> requests() {
    return dispatch.exchanges();
  }

  /** Returns what is to go wrong. */
  public Faults faults() {
    return faults;
  }

  /** Returns the routes that it has, as {@code GET /files/{file_id}}. */
  public List<String> routes() {
    return routes;
  }

  /** Returns the secret with which webhook events are signed. */
  public String webhookSecret() {
    return settings.webhookSecret;
  }

  /**
   * Returns the webhook delivery for the end of a job, to be handed to a receiver.
   *
   * @throws IllegalStateException if there is no such job, or it has not ended
   */
  public SignedEvent signedEvent(String jobId) {
    return webhooks.of(jobId);
  }

  /**
   * Sends the webhook delivery for the end of a job to a receiver and returns the status with which
   * it answers. Blocks for one request.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for the answer
   * @throws IllegalStateException if there is no such job, or it has not ended
   * @throws java.io.UncheckedIOException if the receiver does not answer
   */
  public int deliverEvent(String jobId, URI receiver) throws InterruptedException {
    return WebhookSender.send(webhooks.of(jobId), receiver);
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
}
