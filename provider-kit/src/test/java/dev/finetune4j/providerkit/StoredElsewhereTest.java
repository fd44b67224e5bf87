package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that a service gives, contents named by their hash, and lists for answers. */
final class StoredElsewhereTest {
  @StartStop final MockWebServer server = new MockWebServer();
  @StartStop final MockWebServer store = new MockWebServer();
  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport = Served.transport(server, time).build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void aContentGoesToAnotherOriginWithoutTheSecret() throws Exception {
    store.enqueue(Served.answer(200, ""));
    RequestContent content = RequestContent.of("abc".getBytes(StandardCharsets.UTF_8));

    transport.send(
        ApiRequest.put(store.url("/part?signature=1"))
            .content(content, "application/octet-stream", TransferListener.NONE));

    RecordedRequest request = store.takeRequest();
    assertThat(request.getMethod() + " " + request.getTarget()).isEqualTo("PUT /part?signature=1");
    assertThat(request.getBody().utf8()).isEqualTo("abc");
    assertThat(request.getHeaders().get("Content-Length")).isEqualTo("3");
    assertThat(request.getHeaders().get("Authorization")).isNull();
  }

  @Test
  void anAddressOfTheServiceItselfGetsTheSecretUnlessTheCallHasNone() throws Exception {
    server.enqueue(Served.answer(200, ""));
    server.enqueue(Served.answer(200, ""));

    transport.send(ApiRequest.post(server.url("/verify")).text("{}", "application/x-own"));
    transport.send(ApiRequest.post(server.url("/complete")).credential(Credential.none()));

    RecordedRequest verified = server.takeRequest();
    assertThat(verified.getHeaders().get("Authorization")).isEqualTo("Bearer sk-very-secret");
    assertThat(verified.getHeaders().get("Content-Type")).startsWith("application/x-own");
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void aLastingDownloadGoesOnInTheNextCall() throws Exception {
    for (int i = 0; i < 4; i++) {
      server.enqueue(
          new MockResponse.Builder()
              .code(i == 0 ? 200 : 503)
              .body("0123456789".repeat(20_000))
              .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
              .build());
    }
    Path target = folder.resolve("blob");
    assertThatThrownBy(() -> lasting(target)).isInstanceOf(ProviderUnavailableException.class);
    long have = Files.size(folder.resolve("blob.part"));
    String rest = "0123456789".repeat(20_000).substring((int) have);
    server.enqueue(Served.answer(206, rest, "Content-Range", "bytes " + have + "-199999/200000"));

    lasting(target);

    assertThat(have).isPositive();
    assertThat(target).hasContent("0123456789".repeat(20_000));
    assertThat(folder.resolve("blob.part")).doesNotExist();
    for (int i = 0; i < 4; i++) {
      server.takeRequest();
    }
    assertThat(server.takeRequest().getHeaders().get("Range")).isEqualTo("bytes=" + have + "-");
  }

  @Test
  void aUsedUpRateLimitIsWaitedForAndOneThatIsNotIsNot() {
    server.enqueue(Served.answer(429, "", "RateLimit", "\"api\";r=0;t=90"));
    server.enqueue(Served.answer(429, "", "RateLimit", "\"api\";r=10;t=90"));
    server.enqueue(Served.answer(200, "{}"));

    transport.send(ApiRequest.get("x"));

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(91));
  }

  @Test
  void aListOfObjectsIsReadAndAnythingElseIsShown() {
    server.enqueue(Served.answer(200, "[{\"id\":\"a\"},{\"id\":\"b\"}]"));
    server.enqueue(Served.answer(200, "[1]"));

    ApiResponse list = transport.send(ApiRequest.get("x"));
    ApiResponse wrong = transport.send(ApiRequest.get("x"));

    assertThat(list.jsonList(item -> item.requireString("id"))).containsExactly("a", "b");
    assertThatThrownBy(() -> wrong.jsonList(item -> item))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("The answer begins: [1]");
  }

  private void lasting(Path target) {
    transport.downloadLasting(ApiRequest.get("blob"), target, TransferListener.NONE);
  }
}
