package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();
  private final List<String> waits = new ArrayList<>();
  private HttpTransport transport;

  @BeforeEach
  void connect() {
    TransportListener listener =
        new TransportListener() {
          @Override
          public void waiting(String call, Duration pause, Reason reason) {
            waits.add(call + " " + pause + " " + reason);
          }
        };
    transport =
        Served.transport(server, time)
            .http(HttpSettings.builder().listener(listener).build())
            .build();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private void twoCallsAfter(String... headers) {
    server.enqueue(Served.answer(200, "{}", headers));
    server.enqueue(Served.answer(200, "{}"));
    transport.send(ApiRequest.get("a").pacedBy("m"));
    transport.send(ApiRequest.get("b").pacedBy("m"));
  }

  @Test
  void whenNothingIsLeftTheNextCallWaitsForTheReset() {
    twoCallsAfter(
        "x-ratelimit-limit-requests", "60",
        "x-ratelimit-remaining-requests", "0",
        "x-ratelimit-reset-requests", "1m2s",
        "x-ratelimit-remaining-tokens", "0",
        "x-ratelimit-reset-tokens", "20ms");

    assertThat(waits).containsExactly("GET b PT1M2S RATE_LIMIT");
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(62));
  }

  @Test
  void theTimeThatHasPassedMeanwhileCounts() {
    server.enqueue(
        Served.answer(
            200, "{}", "x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "6m0s"));
    server.enqueue(Served.answer(200, "{}"));

    transport.send(ApiRequest.get("a").pacedBy("m"));
    time.advance(Duration.ofSeconds(350));
    transport.send(ApiRequest.get("b").pacedBy("m"));

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void figuresWithoutSenseCountAsNothingSaid() {
    twoCallsAfter("x-ratelimit-remaining-requests", "-1", "x-ratelimit-reset-requests", "1s");
    twoCallsAfter("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "0");
    twoCallsAfter("x-ratelimit-remaining-tokens", "0");
    twoCallsAfter(
        "x-ratelimit-limit-tokens", "-1",
        "x-ratelimit-remaining-tokens", "0",
        "x-ratelimit-reset-tokens", "9s");

    assertThat(waits).isEmpty();
  }

  @Test
  void aResetInHoursIsLeftToTheService() {
    twoCallsAfter("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "3h");

    assertThat(waits).isEmpty();
  }

  @Test
  void aCallThatMayNotTakeSoLongFailsAtOnce() {
    server.enqueue(
        Served.answer(
            200, "{}", "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "9s"));
    transport.send(ApiRequest.get("a").pacedBy("m"));
    Timeouts short5 = Timeouts.none().withTotal(Duration.ofSeconds(5));

    assertThatThrownBy(() -> transport.send(ApiRequest.get("b").pacedBy("m").deadlines(short5)))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("used up");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void theUsedUpLimitOfOneModelDelaysNeitherOtherModelsNorOtherCalls() {
    server.enqueue(
        Served.answer(
            200, "{}", "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "20s"));
    server.enqueue(Served.answer(200, "{}"));
    server.enqueue(Served.answer(200, "{}"));
    server.enqueue(Served.answer(200, "{}"));
    transport.send(ApiRequest.post("chat").pacedBy("busy"));

    transport.send(ApiRequest.get("jobs/{id}", "job-1"));
    transport.send(ApiRequest.post("chat").pacedBy("idle"));
    assertThat(time.slept()).isZero();
    transport.send(ApiRequest.post("chat").pacedBy("busy"));

    assertThat(waits).containsExactly("POST chat PT20S RATE_LIMIT");
  }

  @Test
  void theLimitsOfOtherCallsAreNotThoseOfAModel() {
    server.enqueue(
        Served.answer(
            200, "{}", "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "20s"));
    server.enqueue(Served.answer(200, "{}"));

    transport.send(ApiRequest.get("files"));
    transport.send(ApiRequest.post("chat").pacedBy("m"));

    assertThat(waits).isEmpty();
  }

  @Test
  void lengthsAreReadInAllTheirForms() {
    assertThat(RateLimits.length("6m0s")).contains(Duration.ofMinutes(6));
    assertThat(RateLimits.length("20ms")).contains(Duration.ofMillis(20));
    assertThat(RateLimits.length("1h2m3.5s")).contains(Duration.ofMillis(3_723_500));
    assertThat(RateLimits.length("1d")).contains(Duration.ofDays(1));
    assertThat(RateLimits.length("soon")).isEmpty();
    assertThat(RateLimits.length("1s later")).isEmpty();
    assertThat(RateLimits.length("")).isEmpty();
  }
}
