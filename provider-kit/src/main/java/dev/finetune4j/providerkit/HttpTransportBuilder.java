package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link HttpTransport}. Not thread-safe. */
public final class HttpTransportBuilder {
  final ProviderId provider;
  final HttpUrl baseUrl;
  final Map<String, String> headers = new LinkedHashMap<>();
  Credential credential = Credential.none();
  RetryPolicy retries = RetryPolicy.standard();
  Deadlines deadlines = Deadlines.standard();
  ConnectionLimits limits = ConnectionLimits.standard();
  TransportListener listener = TransportListener.NONE;
  Time time = Time.system();
  DoubleSupplier jitter = new Random(System.nanoTime() ^ ProcessHandle.current().pid())::nextDouble;
  @Nullable Supplier<String> clientRequestIds;
  @Nullable OkHttpClient client;
  @Nullable ErrorReader errors;

  HttpTransportBuilder(ProviderId provider, HttpUrl baseUrl) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
  }

  /** Sets the proof; none if not set. */
  public HttpTransportBuilder credential(Credential proof) {
    credential = proof;
    return this;
  }

  /** Sets a header that goes with every request to the service, for example its project. */
  public HttpTransportBuilder header(String name, String value) {
    headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /** Sets how often a request is sent again; {@link RetryPolicy#standard()} if not set. */
  public HttpTransportBuilder retries(RetryPolicy policy) {
    retries = policy;
    return this;
  }

  /**
   * Sets how long a call may take; {@link Deadlines#standard()} if not set. Uploads of forms and
   * downloads have none but their own.
   */
  public HttpTransportBuilder deadlines(Deadlines longest) {
    deadlines = longest;
    return this;
  }

  /** Sets the connections; {@link ConnectionLimits#standard()} if not set. */
  public HttpTransportBuilder limits(ConnectionLimits connections) {
    limits = connections;
    return this;
  }

  /** Sets who is told what happens; nobody if not set. */
  public HttpTransportBuilder listener(TransportListener told) {
    listener = told;
    return this;
  }

  /** Sets the clock; the system's if not set. */
  public HttpTransportBuilder time(Time clock) {
    time = clock;
    return this;
  }

  /**
   * Sets where the jitter of pauses comes from: numbers from 0, the full pause, to below 1, three
   * quarters of it. A generator with a seed of this process if not set.
   */
  public HttpTransportBuilder jitter(DoubleSupplier chance) {
    jitter = chance;
    return this;
  }

  /**
   * Sets what names each request in {@code X-Client-Request-Id}, by which OpenAI's support finds
   * one that got no answer; none if not set.
   */
  public HttpTransportBuilder clientRequestIds(Supplier<String> ids) {
    clientRequestIds = ids;
    return this;
  }

  /**
   * Sets a client of the caller's, which {@link HttpTransport#close()} leaves open. Its redirects
   * and its own sending again are switched off here, and its timeouts and pool count instead of
   * {@link ConnectionLimits}.
   */
  public HttpTransportBuilder client(OkHttpClient own) {
    client = own;
    return this;
  }

  /** Sets how errors are read; {@link OpenAiErrorReader} if not set. */
  public HttpTransportBuilder errors(ErrorReader reader) {
    errors = reader;
    return this;
  }

  /** Returns the transport. No I/O. */
  public HttpTransport build() {
    return new HttpTransport(this);
  }
}
