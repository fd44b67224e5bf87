package dev.finetune4j.huggingface.hub;

import dev.finetune4j.Experimental;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.HttpTransportBuilder;
import dev.finetune4j.providerkit.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Hugging Face Hub: the account, and repositories of models and data sets. Blocking
 * and thread-safe.
 *
 * <pre>{@code
 * try (HuggingFaceHub hub = HuggingFaceHub.builder().build()) {
 *   HubRepository data = hub.repository(RepositoryId.dataset(hub.account().name() + "/recipes"));
 *   data.create(Visibility.PRIVATE);
 *   String commit = data.commit(HubCommit.of("Recipes of May").file("train.jsonl", file)).commit();
 *   Path same = data.download(commit, "train.jsonl");
 * }
 * }</pre>
 *
 * <p>The token and addresses are looked up as by the Python client: {@code HF_TOKEN}, or else the
 * file {@code HF_TOKEN_PATH} or {@code $HF_HOME/token}; {@code HF_ENDPOINT}; and {@code
 * HF_HUB_CACHE} or {@code $HF_HOME/hub} for downloads. Rate-limited requests wait as long as the
 * Hub asks, up to 5 minutes.
 */
@Experimental
public final class HuggingFaceHub implements AutoCloseable {
  /** The short name of the provider. */
  public static final ProviderId HUGGING_FACE = new ProviderId("huggingface");

  private static final RetryPolicy RETRIES =
      new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofSeconds(8), Duration.ofMinutes(5));

  private final Credential credential;
  private final Time time;
  private final HttpSettings http;
  private final HttpTransport transport;
  private final HubConnection connection;

  private HuggingFaceHub(Builder settings) {
    String token = settings.token;
    credential = token == null ? Credential.none() : Credential.bearer(() -> token);
    time = settings.time;
    http = settings.http;
    transport = open(URI.create(settings.endpoint)).retries(RETRIES).build();
    connection =
        new HubConnection(
            transport, settings.endpoint, new HubCache(settings.cache), settings.time);
  }

  /**
   * Returns a builder with the settings of the environment. Reads the token file; sends no request.
   *
   * @throws dev.finetune4j.dataset.DataFileException if the token file cannot be read
   */
  public static Builder builder() {
    return new Builder(HubEnvironment.ofThisProcess());
  }

  /**
   * Returns the account of the token. One request; none after the first call.
   *
   * @throws dev.finetune4j.error.AuthenticationException if there is no valid token
   */
  public Account account() {
    return connection.account();
  }

  /** Returns a repository, which may not exist. No I/O. */
  public HubRepository repository(RepositoryId id) {
    return new HubRepository(id, connection);
  }

  /** Returns the transport, for Hub calls that this client lacks. It is closed with this client. */
  public HttpTransport transport() {
    return transport;
  }

  /**
   * Starts a transport to another service of Hugging Face: with the same token, clock, errors and
   * settings, and over the same connections, for the caller to change and build. The token goes
   * there, so it must be theirs.
   */
  public HttpTransportBuilder transportTo(URI address) {
    return open(address).part("models").sharing(transport);
  }

  private HttpTransportBuilder open(URI address) {
    return HttpTransport.builder(HUGGING_FACE, HttpUrl.get(address.toString()))
        .credential(credential)
        .http(http)
        .errors(new HubErrorReader(time::now))
        .time(time);
  }

  /** Returns the clock. No I/O. */
  public Time time() {
    return time;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    transport.close();
  }

  @Override
  public String toString() {
    return "HuggingFaceHub(" + transport + ")";
  }

  /** Settings of a client. Not thread-safe. */
  public static final class Builder {
    private String endpoint;
    private @Nullable String token;
    private Path cache;
    private Time time = Time.system();
    private HttpSettings http = HttpSettings.standard();

    private Builder(HubEnvironment environment) {
      endpoint = environment.endpoint();
      token = environment.token().orElse(null);
      cache = environment.cache();
    }

    /** Sets the address of the Hub; {@code HF_ENDPOINT} or the public Hub if not set. */
    public Builder endpoint(URI address) {
      endpoint = address.toString().replaceAll("/+$", "");
      return this;
    }

    /** Sets the token; null for none, which suffices to read public repositories. */
    public Builder token(@Nullable String secret) {
      token = Optional.ofNullable(secret).map(String::strip).orElse(null);
      return this;
    }

    /** Sets the cache folder. */
    public Builder cache(Path folder) {
      cache = folder;
      return this;
    }

    /** Sets the clock; the system clock if not set. */
    public Builder time(Time clock) {
      time = clock;
      return this;
    }

    /**
     * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
     * {@link HttpSettings#standard()} if not set. They hold for every service that is asked through
     * this client.
     */
    public Builder http(HttpSettings settings) {
      http = Objects.requireNonNull(settings, "http");
      return this;
    }

    /** Returns the client. No I/O. */
    public HuggingFaceHub build() {
      return new HuggingFaceHub(this);
    }
  }
}
