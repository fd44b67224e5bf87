package dev.finetune4j.providerkit;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How a provider uses the network: timeouts, retries, proxy, TLS, headers, an HTTP client of the
 * application's own, and resilience4j's registries. Every provider takes it as {@code .http(...)}.
 *
 * <pre>{@code
 * HttpSettings http = HttpSettings.builder()
 *     .connectTimeout(Duration.ofSeconds(5))
 *     .callTimeout(Duration.ofMinutes(2))
 *     .proxy("proxy.example.com", 3128, "user", "password")
 *     .circuitBreakerRegistry(registry)
 *     .build();
 * OpenAiProvider provider = OpenAiProvider.builder().apiKey(key).http(http).build();
 * }</pre>
 *
 * <p>Immutable and thread-safe; one value can serve several providers. Values are checked when they
 * are set.
 */
public final class HttpSettings {
  private static final HttpSettings STANDARD = builder().build();

  private final @Nullable Duration connectTimeout;
  private final @Nullable Duration readTimeout;
  private final Timeouts deadlines;
  private final int concurrentRequests;
  private final @Nullable RetryPolicy retries;
  private final @Nullable ProxySettings proxy;
  private final @Nullable OkHttpClient client;
  private final @Nullable TlsSettings tls;
  private final Map<String, String> headers;
  private final TransportListener listener;
  private final @Nullable RetryRegistry retryRegistry;
  private final @Nullable RateLimiterRegistry rateLimiterRegistry;
  private final @Nullable CircuitBreakerRegistry circuitBreakerRegistry;

  private HttpSettings(Builder builder) {
    connectTimeout = builder.connectTimeout;
    readTimeout = builder.readTimeout;
    deadlines = builder.deadlines;
    concurrentRequests = builder.concurrentRequests;
    retries = builder.retries;
    proxy = builder.proxy;
    client = builder.client;
    tls = builder.tls;
    headers = Map.copyOf(builder.headers);
    listener = builder.listener;
    retryRegistry = builder.retryRegistry;
    rateLimiterRegistry = builder.rateLimiterRegistry;
    circuitBreakerRegistry = builder.circuitBreakerRegistry;
  }

  /** A socket factory and its trust manager; OkHttp needs both. */
  record TlsSettings(SSLSocketFactory sockets, X509TrustManager trust) {}

  /** Returns the defaults, which {@link Builder} documents. */
  public static HttpSettings standard() {
    return STANDARD;
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether the application passed in its own client, which the library leaves open. */
  boolean hasOwnClient() {
    return client != null;
  }

  /** Returns the settings without credentials and without the values of headers. */
  @Override
  public String toString() {
    String timeouts =
        "connectTimeout=%s, readTimeout=%s, %s".formatted(connectTimeout, readTimeout, deadlines);
    return "HttpSettings(%s, concurrentRequests=%d, retries=%s, proxy=%s, headers=%s)"
        .formatted(timeouts, concurrentRequests, retries, proxy, headers.keySet());
  }

  @Nullable Duration connectTimeout() {
    return connectTimeout;
  }

  @Nullable Duration readTimeout() {
    return readTimeout;
  }

  Timeouts deadlines() {
    return deadlines;
  }

  int concurrentRequests() {
    return concurrentRequests;
  }

  @Nullable RetryPolicy retries() {
    return retries;
  }

  @Nullable ProxySettings proxy() {
    return proxy;
  }

  @Nullable OkHttpClient client() {
    return client;
  }

  @Nullable TlsSettings tls() {
    return tls;
  }

  Map<String, String> headers() {
    return headers;
  }

  TransportListener listener() {
    return listener;
  }

  @Nullable RetryRegistry retryRegistry() {
    return retryRegistry;
  }

  @Nullable RateLimiterRegistry rateLimiterRegistry() {
    return rateLimiterRegistry;
  }

  @Nullable CircuitBreakerRegistry circuitBreakerRegistry() {
    return circuitBreakerRegistry;
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    // The library sets these from the credential, the address and the body.
    private static final Set<String> OWN_HEADERS =
        Set.of(
            "authorization api-key host content-type content-length transfer-encoding connection"
                .split(" "));

    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;
    private Timeouts deadlines = Timeouts.standard();
    private int concurrentRequests = 256;
    private @Nullable RetryPolicy retries;
    private @Nullable ProxySettings proxy;
    private @Nullable OkHttpClient client;
    private @Nullable TlsSettings tls;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private TransportListener listener = TransportListener.NONE;
    private @Nullable RetryRegistry retryRegistry;
    private @Nullable RateLimiterRegistry rateLimiterRegistry;
    private @Nullable CircuitBreakerRegistry circuitBreakerRegistry;

    private Builder() {}

    /** Sets the longest time to make a connection, TLS included; 10 s if not set. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = positive("connectTimeout", timeout);
      return this;
    }

    /**
     * Sets the longest time without a byte in either direction; 10 minutes if not set, because some
     * models think for minutes before the first byte.
     */
    public Builder readTimeout(Duration timeout) {
      readTimeout = positive("readTimeout", timeout);
      return this;
    }

    /**
     * Sets the longest time for one request, from its start to the end of its answer; 10 minutes if
     * not set. Uploads and downloads have no such limit, only {@link #readTimeout}.
     */
    public Builder requestTimeout(Duration timeout) {
      deadlines = deadlines.withAttempt(positive("requestTimeout", timeout));
      return this;
    }

    /**
     * Sets the longest time for a call with all its requests and the pauses between them; 30
     * minutes if not set. Uploads and downloads have no such limit, only {@link #readTimeout}.
     */
    public Builder callTimeout(Duration timeout) {
      deadlines = deadlines.withTotal(positive("callTimeout", timeout));
      return this;
    }

    /**
     * Sets how many requests may be under way at once; 256 if not set. Further calls wait for their
     * turn. OkHttp's own limits per host do not apply to blocking calls.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder concurrentRequests(int most) {
      if (most < 1) {
        throw new IllegalArgumentException(
            "concurrentRequests must be at least 1, but was " + most + ".");
      }
      concurrentRequests = most;
      return this;
    }

    /**
     * Sets how often and how patiently requests are repeated, instead of each provider's own
     * policy. Never repeats a request that may have created something that costs money.
     */
    public Builder retries(RetryPolicy policy) {
      retries = Objects.requireNonNull(policy, "retries");
      return this;
    }

    /**
     * Sends all requests through an HTTP proxy without credentials. If not set, the JVM's proxy
     * settings apply ({@code -Dhttps.proxyHost} and so on).
     *
     * @throws IllegalArgumentException if the host is blank or the port is not 1 to 65535
     */
    public Builder proxy(String host, int port) {
      proxy = new ProxySettings(host(host), port(port), null);
      return this;
    }

    /**
     * Sends all requests through an HTTP proxy that asks for a user and a password (Basic).
     *
     * @throws IllegalArgumentException if the host or user is blank or the port is not 1 to 65535
     */
    public Builder proxy(String host, int port, String user, String password) {
      if (Objects.requireNonNull(user, "user").isBlank()) {
        throw new IllegalArgumentException(
            "The proxy user must not be blank; for a proxy without credentials use"
                + " proxy(host, port).");
      }
      Objects.requireNonNull(password, "password");
      proxy =
          new ProxySettings(
              host(host), port(port), new ProxySettings.BasicCredentials(user, password));
      return this;
    }

    /**
     * Sends requests with the application's own client: its interceptors, DNS, event listeners,
     * connection pool and so on apply, and its timeouts, proxy and TLS where they are not set here.
     * Closing the provider leaves it open. Its redirects and its retries are switched off, because
     * OkHttp would repeat a request that may cost money.
     */
    public Builder client(OkHttpClient own) {
      client = Objects.requireNonNull(own, "client");
      return this;
    }

    /**
     * Sets TLS: whom to trust and, for mutual TLS, which certificate to show. If not set, the JVM's
     * defaults apply ({@code -Djavax.net.ssl.trustStore} and so on).
     *
     * @param trust the trust manager that the factory was made with
     */
    public Builder tls(SSLSocketFactory sockets, X509TrustManager trust) {
      tls =
          new TlsSettings(
              Objects.requireNonNull(sockets, "sockets"), Objects.requireNonNull(trust, "trust"));
      return this;
    }

    /**
     * Sets TLS by a context. Certificate pins of the application's own client need {@link
     * #tls(SSLSocketFactory, X509TrustManager)}, since a context does not expose its trust manager.
     */
    public Builder tls(SSLContext context) {
      return tls(
          Objects.requireNonNull(context, "context").getSocketFactory(),
          Connections.systemTrustManager());
    }

    /**
     * Adds a header to every request to the service, for example for a gateway. The value is never
     * logged. If the provider sets the same header, the provider's value is sent.
     *
     * @throws IllegalArgumentException if the name or value cannot be sent, or the library sets
     *     that header from the credential, the address or the body
     */
    public Builder header(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The header \""
                + name
                + "\" cannot be set here: the library sets it. Credentials belong to the builder of"
                + " the provider.");
      }
      requireSendable(name, value);
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, value);
      return this;
    }

    /** Sets the {@code User-Agent} header; {@code finetune4j} if not set. */
    public Builder userAgent(String value) {
      return header("User-Agent", value);
    }

    /** Sets a listener that is notified of each call, request and wait; none if not set. */
    public Builder listener(TransportListener listening) {
      listener = Objects.requireNonNull(listening, "listener");
      return this;
    }

    /**
     * Sets the registry of retries. The instance {@code finetune4j-<provider>} decides by its
     * number of attempts, its intervals and its predicates; it is created if it does not exist. It
     * can only restrict what is repeated: a creation that costs money and a request that the
     * service rejected for good are never repeated. A pause that the service asks for is kept.
     */
    public Builder retryRegistry(RetryRegistry registry) {
      retryRegistry = Objects.requireNonNull(registry, "retryRegistry");
      return this;
    }

    /**
     * Sets the registry of rate limiters: each request, repeated ones included, takes one
     * permission of the instance {@code finetune4j-<provider>}. None if not set.
     */
    public Builder rateLimiterRegistry(RateLimiterRegistry registry) {
      rateLimiterRegistry = Objects.requireNonNull(registry, "rateLimiterRegistry");
      return this;
    }

    /**
     * Sets the registry of circuit breakers: each request passes through the instance {@code
     * finetune4j-<provider>}. While it is open, calls fail with {@link CircuitOpenException} and no
     * request is sent. None if not set.
     */
    public Builder circuitBreakerRegistry(CircuitBreakerRegistry registry) {
      circuitBreakerRegistry = Objects.requireNonNull(registry, "circuitBreakerRegistry");
      return this;
    }

    /** Returns the settings. No I/O. */
    public HttpSettings build() {
      return new HttpSettings(this);
    }

    private static Duration positive(String name, Duration value) {
      Objects.requireNonNull(value, name);
      if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            name + " must be 1 ms to 24 days, but was " + value + ".");
      }
      return value;
    }

    private static String host(String host) {
      if (Objects.requireNonNull(host, "host").isBlank() || host.contains("/")) {
        throw new IllegalArgumentException(
            "The proxy host must be a host name such as \"proxy.example.com\", but was \"%s\"."
                .formatted(host));
      }
      return host;
    }

    private static int port(int port) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "The proxy port must be 1 to 65535, but was " + port + ".");
      }
      return port;
    }

    private static void requireSendable(String name, String value) {
      try {
        new Headers.Builder().add(name, value);
      } catch (IllegalArgumentException unsendable) {
        // OkHttp's message shows the value, which may be a secret.
        throw new IllegalArgumentException(
            "The header \"%s\" has a name or a value that HTTP does not allow; both must be printable ASCII."
                .formatted(name));
      }
    }
  }
}
