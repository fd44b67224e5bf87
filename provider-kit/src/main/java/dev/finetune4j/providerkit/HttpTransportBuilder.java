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
import org.jspecify.annotations.Nullable;

/** Collects the settings of an {@link HttpTransport}. Not thread-safe. */
public final class HttpTransportBuilder {
  final ProviderId provider;
  final HttpUrl baseUrl;
  final Map<String, String> headers = new LinkedHashMap<>();
  Credential credential = Credential.none();
  HttpSettings http = HttpSettings.standard();
  String part = "";
  boolean isProbe;
  @Nullable RetryPolicy retries;
  Time time = Time.system();
  DoubleSupplier jitter = new Random(System.nanoTime() ^ ProcessHandle.current().pid())::nextDouble;
  @Nullable Supplier<String> clientRequestIds;
  @Nullable HttpTransport parent;
  @Nullable ErrorReader errors;

  HttpTransportBuilder(ProviderId provider, HttpUrl baseUrl) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.baseUrl = Objects.requireNonNull(baseUrl, "baseUrl");
  }

  /** Sets the credential; none if not set. */
  public HttpTransportBuilder credential(Credential credential) {
    this.credential = Objects.requireNonNull(credential, "credential");
    return this;
  }

  /** Sets a header that goes with every request to the service, for example its project. */
  public HttpTransportBuilder header(String name, String value) {
    headers.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /** Sets what the application chose; {@link HttpSettings#standard()} if not set. */
  public HttpTransportBuilder http(HttpSettings settings) {
    http = Objects.requireNonNull(settings, "http");
    return this;
  }

  /**
   * Sets how often a request is repeated unless the application's settings say so; {@link
   * RetryPolicy#standard()} if not set.
   */
  public HttpTransportBuilder retries(RetryPolicy policy) {
    retries = Objects.requireNonNull(policy, "retries");
    return this;
  }

  /**
   * Names the part of the provider that this transport asks, where it has several: its instances in
   * resilience4j's registries are then called {@code finetune4j-<provider>-<part>}.
   */
  public HttpTransportBuilder part(String name) {
    part = Objects.requireNonNull(name, "part");
    return this;
  }

  /**
   * Makes this a transport that only checks whether a server answers: one request for each call,
   * and none of the application's retries, rate limiters and circuit breakers.
   */
  public HttpTransportBuilder probe() {
    isProbe = true;
    return this;
  }

  /**
   * Shares the connections of another transport, which alone closes them; once it is closed, this
   * one refuses every call too.
   */
  public HttpTransportBuilder sharing(HttpTransport other) {
    parent = Objects.requireNonNull(other, "other");
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

  /** Sets how errors are read; {@link OpenAiErrorReader} if not set. */
  public HttpTransportBuilder errors(ErrorReader reader) {
    errors = reader;
    return this;
  }

  String instanceName() {
    return "finetune4j-" + provider + (part.isEmpty() ? "" : "-" + part);
  }

  /** Returns the transport. No I/O. */
  public HttpTransport build() {
    return new HttpTransport(this);
  }
}
