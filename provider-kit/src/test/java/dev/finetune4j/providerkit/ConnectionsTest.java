package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
  private static final int MOST_WAITING = 16;

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    OkHttpClient client = Connections.client(HttpSettings.standard(), null);

    assertThat(client.connectTimeoutMillis()).isEqualTo(10_000);
    assertThat(client.readTimeoutMillis()).isEqualTo(600_000);
    assertThat(client.writeTimeoutMillis()).isEqualTo(600_000);
    assertThat(client.retryOnConnectionFailure()).isFalse();
    assertThat(client.followRedirects()).isFalse();
  }

  @Test
  void anOwnClientKeepsItsTimeoutsUnlessOthersAreSet() {
    OkHttpClient own =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(Duration.ofSeconds(4))
            .build();
    HttpSettings.Builder settings = HttpSettings.builder().client(own);

    OkHttpClient kept = Connections.client(settings.build(), null);
    OkHttpClient changed =
        Connections.client(settings.connectTimeout(Duration.ofSeconds(7)).build(), null);

    assertThat(kept.connectTimeoutMillis()).isEqualTo(3_000);
    assertThat(kept.readTimeoutMillis()).isEqualTo(4_000);
    assertThat(changed.connectTimeoutMillis()).isEqualTo(7_000);
    assertThat(changed.readTimeoutMillis()).isEqualTo(4_000);
    assertThat(changed.connectionPool()).isSameAs(own.connectionPool());
  }

  @Test
  void aServerThatAcceptsNoConnectionEndsTheRequestAfterTheConnectTimeout() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assumeTrue(isFilled(full, waiting), "This system queues connections without a limit.");
      HttpUrl url = HttpUrl.get("http://127.0.0.1:" + full.getLocalPort() + "/v1");
      HttpSettings http =
          HttpSettings.builder()
              .connectTimeout(Duration.ofMillis(100))
              .retries(RetryPolicy.none())
              .build();

      try (HttpTransport transport =
          HttpTransport.builder(new ProviderId("fake"), url).http(http).build()) {
        assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
            .isInstanceOf(ProviderUnavailableException.class)
            .hasRootCauseInstanceOf(SocketTimeoutException.class)
            .hasMessageContaining("onnect");
      }
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Opens connections that are never accepted, until the system takes no more. */
  private static boolean isFilled(ServerSocket server, List<Socket> waiting) throws IOException {
    for (int i = 0; i < MOST_WAITING; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (SocketTimeoutException queueIsFull) {
        return true;
      }
    }
    return false;
  }
}
