package dev.finetune4j.providerkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP client of a transport. OkHttp's own redirects and retries are off. Stateless. */
final class Connections implements Interceptor {
  private static final int IDLE_CONNECTIONS = 8;
  private static final Duration IDLE_FOR = Duration.ofMinutes(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(10);

  private Connections() {}

  /**
   * Returns a client with these settings.
   *
   * @param shared the client of another transport, which is returned unchanged; null for a new one
   */
  static OkHttpClient client(HttpSettings settings, @Nullable OkHttpClient shared) {
    if (shared != null) {
      return shared;
    }
    OkHttpClient own = settings.client();
    OkHttpClient.Builder client = (own == null ? standard() : own).newBuilder();
    Duration connecting = settings.connectTimeout();
    if (connecting != null) {
      client.connectTimeout(connecting);
    }
    Duration silence = settings.readTimeout();
    if (silence != null) {
      client.readTimeout(silence).writeTimeout(silence);
    }
    ProxySettings proxy = settings.proxy();
    if (proxy != null) {
      client.proxy(proxy.proxy());
      proxy.authenticator().ifPresent(client::proxyAuthenticator);
    }
    HttpSettings.TlsSettings tls = settings.tls();
    if (tls != null) {
      client.sslSocketFactory(tls.sockets(), tls.trust());
    }
    return client
        // OkHttp would send a POST again whose answer was lost.
        .retryOnConnectionFailure(false)
        // It would take a header like api-key along to another host.
        .followRedirects(false)
        .followSslRedirects(false)
        .addNetworkInterceptor(new Connections())
        .build();
  }

  private static OkHttpClient standard() {
    return new OkHttpClient.Builder()
        .connectionPool(
            new ConnectionPool(IDLE_CONNECTIONS, IDLE_FOR.toMillis(), TimeUnit.MILLISECONDS))
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(READ_TIMEOUT)
        .writeTimeout(READ_TIMEOUT)
        .build();
  }

  /** Returns the trust manager of the JVM's defaults. */
  static X509TrustManager systemTrustManager() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("This JVM has no X.509 trust manager."));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM's trust store cannot be read.", e);
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    HttpAttempt attempt = chain.request().tag(HttpAttempt.class);
    if (attempt == null) {
      return chain.proceed(chain.request());
    }
    attempt.connected();
    Response response = chain.proceed(chain.request());
    RequestBody body = chain.request().body();
    attempt.sent(body == null ? 0 : body.contentLength());
    return response;
  }
}
