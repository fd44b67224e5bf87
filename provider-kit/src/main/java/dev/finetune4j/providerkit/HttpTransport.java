package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The way of one provider's requests: retry, then the credential, then OkHttp, then status to
 * exception, then JSON to the caller's value. One per provider. Blocking and thread-safe; an
 * interrupt ends the wait with a {@link dev.finetune4j.error.ProviderUnavailableException} and
 * leaves the flag set. Bodies and headers are never logged.
 */
public final class HttpTransport implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final int CONCURRENT_REQUESTS = 256;

  private final HttpUrl baseUrl;
  private final HttpExchange exchange;
  private final Attempts attempts;
  private final OkHttpClient client;
  private final boolean ownsClient;
  private final ProviderId provider;

  private HttpTransport(Builder builder) {
    provider = builder.provider;
    baseUrl = builder.baseUrl;
    ownsClient = builder.client == null;
    client = builder.client == null ? newClient() : builder.client;
    ErrorReader errors =
        builder.errors == null ? new OpenAiErrorReader(builder.time::now) : builder.errors;
    exchange = new HttpExchange(provider, client, builder.credential, errors, builder.time::now);
    attempts = new Attempts(provider, builder.retries, builder.time);
  }

  /**
   * Starts a transport.
   *
   * @param baseUrl what the paths are added to, for example {@code https://api.openai.com/v1}; its
   *     query goes with every request
   */
  public static Builder builder(ProviderId provider, HttpUrl baseUrl) {
    return new Builder(provider, baseUrl);
  }

  /** Returns whom it asks. */
  public ProviderId provider() {
    return provider;
  }

  /**
   * Gets JSON. One request, more where it is sent again.
   *
   * @param mapper makes the value; a {@link dev.finetune4j.internal.json.JsonSyntaxException} from
   *     it becomes an {@link dev.finetune4j.error.UnexpectedResponseException}
   * @throws dev.finetune4j.error.ProviderException if no good answer came
   */
  public <T> T get(String path, Function<JsonObject, T> mapper) {
    Request request = request(path).get().build();
    return attempts.untilDone(() -> exchange.json(request, Idempotency.SAFE, mapper));
  }

  /**
   * Posts JSON and reads the JSON of the answer. One request, more where it is sent again.
   *
   * @param body copied into text at once
   * @param mapper as in {@link #get}
   * @throws dev.finetune4j.error.ProviderException if no good answer came
   */
  public <T> T post(
      String path, JsonObject body, Idempotency idempotency, Function<JsonObject, T> mapper) {
    Request request = request(path).post(json(body)).build();
    return attempts.untilDone(() -> exchange.json(request, idempotency, mapper));
  }

  /**
   * Posts JSON and hands over the data of each server-sent event as it comes, on the calling
   * thread, until the stream ends or says {@code [DONE]}. Sent again only as long as nothing came.
   *
   * @throws dev.finetune4j.error.ProviderException if no good answer came, or it broke off
   */
  public void postForEvents(String path, JsonObject body, Consumer<String> onData) {
    Request request = request(path).header("Accept", "text/event-stream").post(json(body)).build();
    attempts.untilDone(
        () -> {
          exchange.events(request, onData);
          return Boolean.TRUE;
        });
  }

  /** Closes the connections, unless the client was passed in. */
  @Override
  public void close() {
    if (ownsClient) {
      client.dispatcher().executorService().shutdownNow();
      client.connectionPool().evictAll();
    }
  }

  @Override
  public String toString() {
    return "HttpTransport(" + provider + ", " + baseUrl.redact() + ")";
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(baseUrl.newBuilder().addPathSegments(path).build());
  }

  private static RequestBody json(JsonObject body) {
    return RequestBody.create(Json.write(body.asMap()), JSON);
  }

  private static OkHttpClient newClient() {
    // Daemon threads: an idle pool must not keep an application alive that has nothing more to do.
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newCachedThreadPool(
                task -> {
                  Thread thread = new Thread(task, "finetune4j-http");
                  thread.setDaemon(true);
                  return thread;
                }));
    dispatcher.setMaxRequests(CONCURRENT_REQUESTS);
    dispatcher.setMaxRequestsPerHost(CONCURRENT_REQUESTS);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectTimeout(Duration.ofSeconds(10))
        .readTimeout(Duration.ofMinutes(10))
        .writeTimeout(Duration.ofMinutes(10))
        // OkHttp would send a POST again whose answer was lost; whether that is right, we decide.
        .retryOnConnectionFailure(false)
        .build();
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final ProviderId provider;
    private final HttpUrl baseUrl;
    private Credential credential = Credential.none();
    private RetryPolicy retries = RetryPolicy.standard();
    private Time time = Time.system();
    private @Nullable OkHttpClient client;
    private @Nullable ErrorReader errors;

    private Builder(ProviderId provider, HttpUrl baseUrl) {
      this.provider = Objects.requireNonNull(provider, "provider");
      this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
    }

    /** Sets the proof; none if not set. */
    public Builder credential(Credential proof) {
      credential = proof;
      return this;
    }

    /** Sets how often a request is sent again; {@link RetryPolicy#standard()} if not set. */
    public Builder retries(RetryPolicy policy) {
      retries = policy;
      return this;
    }

    /** Sets the clock; the system's if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /** Sets a client of the caller's, which {@link HttpTransport#close()} leaves open. */
    public Builder client(OkHttpClient own) {
      client = own;
      return this;
    }

    /** Sets how errors are read; {@link OpenAiErrorReader} if not set. */
    public Builder errors(ErrorReader reader) {
      errors = reader;
      return this;
    }

    /** Returns the transport. No I/O. */
    public HttpTransport build() {
      return new HttpTransport(this);
    }
  }
}
