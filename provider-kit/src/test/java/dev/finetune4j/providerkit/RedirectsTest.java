package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RedirectsTest {
  @StartStop final MockWebServer server = new MockWebServer();
  @StartStop final MockWebServer other = new MockWebServer();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport =
        Served.transport(server, new FakeClock())
            .credential(Credential.header("api-key", () -> "k"))
            .build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void onAnotherPortTheProofStaysBehind() throws Exception {
    server.enqueue(Served.answer(302, "", "Location", other.url("/blob").toString()));
    other.enqueue(Served.answer(200, "content"));

    String text =
        transport.send(ApiRequest.get("files/1/content").header("X-Own", "private")).text();

    RecordedRequest away = other.takeRequest();
    assertThat(text).isEqualTo("content");
    assertThat(server.takeRequest().getHeaders().get("api-key")).isEqualTo("k");
    assertThat(away.getHeaders().get("api-key")).isNull();
    assertThat(away.getHeaders().get("X-Own")).isNull();
  }

  @Test
  void onTheSameHostTheProofGoesAlong() throws Exception {
    server.enqueue(Served.answer(307, "", "Location", "/v2/things"));
    server.enqueue(Served.answer(200, "{}"));

    transport.send(ApiRequest.post("things").json(JsonObject.empty().put("a", 1)));

    server.takeRequest();
    RecordedRequest second = server.takeRequest();
    assertThat(second.getRequestLine()).isEqualTo("POST /v2/things HTTP/1.1");
    assertThat(second.getBody().utf8()).isEqualTo("{\"a\":1}");
    assertThat(second.getHeaders().get("api-key")).isEqualTo("k");
  }

  @Test
  void aPostIsNotTurnedIntoAGet() {
    server.enqueue(Served.answer(302, "", "Location", "/v2/things"));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("things")))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessage(
            "fake answered 302: It points POST things to another place, which is not followed.");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aCircleEnds() {
    for (int i = 0; i < 9; i++) {
      server.enqueue(Served.answer(302, "", "Location", "/v1/again"));
    }

    assertThatThrownBy(() -> transport.send(ApiRequest.get("again")))
        .isInstanceOf(UnexpectedResponseException.class);
    assertThat(server.getRequestCount()).isEqualTo(6);
  }
}
