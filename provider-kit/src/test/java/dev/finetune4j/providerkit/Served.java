package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.testkit.FakeClock;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;

/** Answers of a server, and a transport to it that needs no patience. */
public final class Served {
  private Served() {}

  /** Starts a transport with a known secret, no jitter and that clock. */
  public static HttpTransportBuilder transport(MockWebServer server, FakeClock time) {
    return HttpTransport.builder(new ProviderId("fake"), server.url("/v1"))
        .credential(Credential.bearer(() -> "sk-very-secret"))
        .time(time)
        .jitter(() -> 0);
  }

  /** Returns an answer with headers as names and values by turns. */
  public static MockResponse answer(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.setHeader(headers[i], headers[i + 1]);
    }
    return response.build();
  }

  /** Returns a connection that ends before an answer. */
  public static MockResponse lost() {
    return new MockResponse.Builder()
        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
        .build();
  }
}
