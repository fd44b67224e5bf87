package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpTransportTest {
  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport =
        HttpTransport.builder(new ProviderId("fake"), server.url("/v1"))
            .credential(Credential.bearer(() -> "sk-very-secret"))
            .time(time)
            .jitter(() -> 0)
            .build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private void enqueue(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(response.build());
  }

  private String get() {
    return transport.get("thing", answer -> answer.requireString("name"));
  }

  private String create(Idempotency idempotency) {
    return transport.post(
        "things", JsonObject.empty(), idempotency, answer -> answer.requireString("name"));
  }

  private <E extends FineTuningException> E failure(Class<E> type) {
    return catchThrowableOfType(type, this::get);
  }

  @Test
  void secondsInRetryAfterOutrankTheBackoff() {
    enqueue(429, "", "Retry-After", "7");
    enqueue(200, "{\"name\":\"a\"}");

    String name = get();

    assertThat(name).isEqualTo("a");
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(7));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void millisecondsAndDatesAreUnderstoodToo() {
    enqueue(503, "", "retry-after-ms", "1500", "Retry-After", "9");
    enqueue(429, "", "Retry-After", "Thu, 01 Jan 2026 00:00:31 GMT");
    enqueue(200, "{\"name\":\"a\"}");

    get();

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(1500), Duration.ofMillis(29_500));
  }

  @Test
  void withoutAWishOfTheServerThePausesGrowAndEnd() {
    for (int i = 0; i < 4; i++) {
      enqueue(500, "{\"error\":{\"message\":\"down\",\"code\":17}}", "x-request-id", "req-" + i);
    }

    ProviderUnavailableException failure = failure(ProviderUnavailableException.class);

    assertThat(failure).hasMessage("fake answered 500 (17) [request req-3]: down");
    assertThat(time.sleeps())
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void aServerThatAsksForHoursIsNotWaitedFor() {
    enqueue(429, "{\"error\":{\"message\":\"daily limit\"}}", "Retry-After", "86400");

    RateLimitException failure = failure(RateLimitException.class);

    assertThat(failure.retryAfter()).contains(Duration.ofDays(1));
    assertThat(time.slept()).isZero();
  }

  @Test
  void anUnpaidBillIsNoRateLimit() {
    enqueue(429, "{\"error\":{\"message\":\"pay\",\"type\":\"insufficient_quota\"}}");

    assertThat(failure(PermissionException.class)).hasMessage("fake answered 429: pay");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void eachStatusSaysWhoMustAct() {
    enqueue(400, "{\"error\":{\"message\":\"bad\",\"param\":null,\"code\":\"invalid\"}}");
    enqueue(401, "{\"statusCode\":401,\"message\":\"who are you\"}");
    enqueue(403, "<html>no</html>");
    enqueue(404, "{\"error\":\"gone fishing\"}");
    enqueue(422, "");

    assertThat(failure(InvalidRequestException.class))
        .hasMessage("fake answered 400 (invalid): bad");
    assertThat(failure(AuthenticationException.class)).hasMessage("fake answered 401: who are you");
    assertThat(failure(PermissionException.class)).hasMessage("fake answered 403: <html>no</html>");
    assertThat(failure(NotFoundException.class)).hasMessage("fake answered 404: gone fishing");
    assertThat(failure(InvalidRequestException.class))
        .hasMessage("fake answered 422: no explanation");
    assertThat(time.slept()).isZero();
  }

  @Test
  void aSecretThatTheServerEchoesIsBlottedOut() {
    enqueue(401, "{\"error\":{\"message\":\"Incorrect key sk-very-secret given\"}}");

    assertThat(failure(AuthenticationException.class))
        .hasMessage("fake answered 401: Incorrect key **** given");
  }

  @Test
  void brokenJsonIsShownWithItsRequestAndNotAskedForAgain() {
    enqueue(200, "{\"name\":", "apim-request-id", "req-9");

    UnexpectedResponseException failure = failure(UnexpectedResponseException.class);

    assertThat(failure.failure().requestId()).contains("req-9");
    assertThat(failure).hasMessageEndingWith("The answer begins: {\"name\":");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aLostAnswerIsAskedForAgainOnlyWhereThatIsSafe() {
    server.enqueue(
        new MockResponse.Builder()
            .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
            .build());
    enqueue(200, "{\"name\":\"a\"}");
    server.enqueue(
        new MockResponse.Builder()
            .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
            .build());

    String name = create(Idempotency.SAFE);

    assertThat(name).isEqualTo("a");
    assertThatThrownBy(() -> create(Idempotency.ONCE))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void whatMayHappenOnlyOnceIsRepeatedAfter429ButNotAfter500() {
    enqueue(429, "");
    enqueue(500, "");

    assertThatThrownBy(() -> create(Idempotency.ONCE))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aServerThatIsNotThereIsTriedAgainEvenForWhatMayHappenOnlyOnce() throws Exception {
    server.close();

    assertThatThrownBy(() -> create(Idempotency.ONCE)).isInstanceOf(ProviderException.class);
    assertThat(time.sleeps()).hasSize(3);
  }

  @Test
  void anInterruptEndsTheWaitAndLeavesTheFlag() {
    enqueue(429, "", "Retry-After", "60");
    time.after(Duration.ofSeconds(3), Thread.currentThread()::interrupt);

    Throwable failure = catchThrowableOfType(OperationInterruptedException.class, this::get);

    assertThat(failure).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aQueryOfTheBaseUrlGoesWithEveryRequest() throws Exception {
    enqueue(200, "{\"name\":\"a\"}");
    try (HttpTransport versioned =
        HttpTransport.builder(new ProviderId("fake"), server.url("/openai?api-version=v1"))
            .credential(Credential.header("api-key", () -> "k"))
            .build()) {
      versioned.get("models", answer -> 1);
    }

    var request = server.takeRequest();

    assertThat(request.getTarget()).isEqualTo("/openai/models?api-version=v1");
    assertThat(request.getHeaders().get("api-key")).isEqualTo("k");
  }
}
