package dev.finetune4j.providerkit;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy and its credentials. Immutable and thread-safe. */
record ProxySettings(String host, int port, @Nullable BasicCredentials credentials) {

  Proxy proxy() {
    // Unresolved: OkHttp looks the name up for each connection.
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  Optional<Authenticator> authenticator() {
    return Optional.ofNullable(credentials);
  }

  /** Returns host and port, never the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }

  /** A user and a password. After the proxy has refused them they are not sent again. */
  record BasicCredentials(String user, String password) implements Authenticator {
    private static final String HEADER = "Proxy-Authorization";

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) {
      return response.request().header(HEADER) != null
          ? null
          : response
              .request()
              .newBuilder()
              .header(HEADER, Credentials.basic(user, password))
              .build();
    }

    @Override
    public String toString() {
      return "BasicCredentials";
    }
  }
}
