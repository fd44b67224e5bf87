package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();
  private final List<AttemptReport> reports = new ArrayList<>();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    transport =
        Served.transport(server, time)
            .http(HttpSettings.builder().listener(recording()).build())
            .build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private TransportListener recording() {
    return new TransportListener() {
      @Override
      public void attemptEnded(AttemptReport report) {
        reports.add(report);
      }
    };
  }

  private void enqueue(MockResponse... answers) {
    for (MockResponse answer : answers) {
      server.enqueue(answer);
    }
  }

  @Test
  void jitterShortensThePauseByUpToAQuarter() {
    enqueue(Served.answer(500, ""), Served.answer(500, ""), Served.answer(200, "{}"));
    try (HttpTransport jittery = Served.transport(server, time).jitter(() -> 0.5).build()) {

      jittery.send(ApiRequest.get("a"));

      assertThat(time.sleeps()).containsExactly(Duration.ofMillis(438), Duration.ofMillis(875));
    }
  }

  @Test
  void aTimeoutAndAConflictAreTriedAgainWhereThatIsSafe() {
    enqueue(Served.answer(408, ""), Served.answer(409, ""), Served.answer(200, "{}"));
    enqueue(Served.answer(409, ""));

    transport.send(ApiRequest.get("a"));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("a")))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void whatTheServerWishesOfRetriesIsObeyed() {
    enqueue(Served.answer(400, "", "x-should-retry", "true"), Served.answer(200, "{}"));
    enqueue(Served.answer(503, "", "x-should-retry", "false"));

    transport.send(ApiRequest.get("a"));

    assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void noWishOfTheServerRepeatsWhatMayBeDoneOrPaysABill() {
    enqueue(Served.answer(500, "", "x-should-retry", "true"));
    enqueue(
        Served.answer(
            429, "{\"error\":{\"code\":\"insufficient_quota\"}}", "x-should-retry", "true"));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("a")))
        .isInstanceOf(ProviderUnavailableException.class);
    assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
        .isInstanceOf(PermissionException.class);
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aServiceThatAsksForNoPauseGetsTheUsualOne() {
    for (int i = 0; i < 3; i++) {
      enqueue(Served.answer(429, "", "retry-after-ms", "0"));
    }
    enqueue(Served.answer(200, "{}"));

    transport.send(ApiRequest.get("a"));

    assertThat(time.sleeps())
        .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void theTotalDeadlineCountsRequestsAndPauses() {
    enqueue(Served.answer(500, ""), Served.answer(500, ""), Served.answer(200, "{}"));
    Timeouts total = Timeouts.none().withTotal(Duration.ofMillis(1_200));

    assertThatThrownBy(() -> transport.send(ApiRequest.get("a").deadlines(total)))
        .isInstanceOf(ProviderUnavailableException.class);

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void oneRequestMayNotTakeLongerThanItsDeadline() {
    enqueue(new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build());
    Timeouts attempt = Timeouts.none().withAttempt(Duration.ofMillis(100));

    assertThatThrownBy(() -> transport.send(ApiRequest.post("a").deadlines(attempt)))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("No answer to POST a: ");
  }

  @Test
  void anInterruptEndsTheReadingOfABodyToo() {
    enqueue(
        new MockResponse.Builder()
            .body("x".repeat(1_000))
            .throttleBody(10, 1, TimeUnit.MINUTES)
            .build());
    Thread caller = Thread.currentThread();
    new Thread(
            () -> {
              try {
                server.takeRequest();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              caller.interrupt();
            })
        .start();

    assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("interrupted while it waited");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void eachRequestIsReportedWithoutIdsAndQueries() {
    enqueue(Served.answer(503, "", "x-request-id", "r1"), Served.lost());
    enqueue(Served.answer(200, "{\"a\":1}", "x-request-id", "r3"));

    transport.send(ApiRequest.get("files/{file}", "file-1").query(Query.of("secret", "s")));

    assertThat(reports).extracting(AttemptReport::call).containsOnly("GET files/{file}");
    assertThat(reports).extracting(AttemptReport::number).containsExactly(1, 2, 3);
    assertThat(reports).extracting(r -> r.status().orElse(0)).containsExactly(503, 0, 200);
    assertThat(reports).extracting(r -> r.requestId().orElse("")).containsExactly("r1", "", "r3");
    assertThat(reports.get(2).bytesReceived()).isEqualTo(7);
  }

  @Test
  void noMoreCallsAreUnderWayThanAllowed() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(20_000_000);
            now.decrementAndGet();
            return Served.answer(200, "{}");
          }
        });
    try (HttpTransport narrow =
        Served.transport(server, time)
            .http(HttpSettings.builder().concurrentRequests(2).build())
            .build()) {

      List<CompletableFuture<ApiResponse>> calls =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> narrow.send(ApiRequest.get("a"))))
              .limit(8)
              .toList();
      calls.forEach(CompletableFuture::join);
    }

    assertThat(server.getRequestCount()).isEqualTo(8);
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void aTokenThatChangesIsAskedForEachRequestAndNeverShown() {
    AtomicInteger issued = new AtomicInteger();
    enqueue(Served.answer(503, "token-1"), Served.answer(401, "bad token-2"));
    try (HttpTransport changing =
        Served.transport(server, time)
            .credential(Credential.bearer(() -> "token-" + issued.incrementAndGet()))
            .build()) {

      assertThatThrownBy(() -> changing.send(ApiRequest.get("a")))
          .isInstanceOf(AuthenticationException.class)
          .hasMessage("fake answered 401: bad ****");
    }
  }

  @Test
  void aRequestWithoutAnAnswerIsNamedByOurOwnId() {
    enqueue(Served.lost());
    try (HttpTransport naming =
        Served.transport(server, time).clientRequestIds(() -> "mine-7").build()) {

      assertThatThrownBy(() -> naming.send(ApiRequest.post("a")))
          .hasMessageStartingWith("fake: No answer to POST a [X-Client-Request-Id mine-7]: ");
    }
  }
}
