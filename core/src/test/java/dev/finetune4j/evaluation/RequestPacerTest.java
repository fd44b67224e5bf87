package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.inference.RateAllowance;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RequestPacerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static RateStatus left(long requests) {
    return RateStatus.UNKNOWN.withRequests(
        new RateAllowance(600, requests, Duration.ofSeconds(30)));
  }

  @Test
  void withoutLimitsThereIsNoPause() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.empty(), START);

    pacer.sent(1_000_000, START);

    assertThat(pacer.pause(1_000_000, START)).isZero();
  }

  @Test
  void aConfiguredLimitSpreadsTheRequests() {
    RequestPacer pacer = new RequestPacer(OptionalLong.of(600), OptionalLong.empty(), START);
    int atOnce = 0;
    while (pacer.pause(1, START).isZero()) {
      pacer.sent(1, START);
      atOnce++;
    }

    Duration next = pacer.pause(1, START);

    // A tenth of the minute's limit minus the reserve of one in a hundred; then ten each second.
    assertThat(atOnce).isEqualTo(54);
    assertThat(next).isEqualTo(Duration.ofMillis(100));
    assertThat(pacer.pause(1, START.plusMillis(100))).isZero();
  }

  @Test
  void remainingRequestsReportedByTheServiceTakePrecedence() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.empty(), START);
    pacer.sent(1, START);
    pacer.sent(1, START);

    pacer.finished(1, left(7), START);

    // Of the seven left, one is for the request in flight and six are the reserve.
    assertThat(pacer.pause(1, START)).isEqualTo(Duration.ofMillis(100));
    assertThat(pacer.pause(1, START.plusSeconds(1))).isZero();
  }

  @Test
  void aRequestLargerThanTheMinuteLimitIsSentWithAFullBucket() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.of(1_000), START);

    assertThat(pacer.pause(50_000, START)).isZero();
    pacer.sent(50_000, START);
    assertThat(pacer.pause(1, START)).isPositive();
  }

  @Test
  void retryAfterBlocksAllRequests() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.empty(), START);

    pacer.blockFor(Duration.ofSeconds(9), START);
    pacer.blockFor(Duration.ofSeconds(4), START);

    assertThat(pacer.pause(1, START)).isEqualTo(Duration.ofSeconds(9));
    assertThat(pacer.pause(1, START.plusSeconds(9))).isZero();
  }

  @Test
  void negativeReportedLimitsAreIgnored() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.empty(), START);
    pacer.sent(1, START);

    pacer.finished(
        1, RateStatus.UNKNOWN.withTokens(new RateAllowance(-1, -1, Duration.ZERO)), START);

    assertThat(pacer.pause(100, START)).isZero();
  }

  @Test
  void eachRefusalHalvesTheBurst() {
    RequestPacer pacer = new RequestPacer(OptionalLong.empty(), OptionalLong.empty(), START);
    pacer.sent(1, START);
    pacer.finished(1, left(600).withRefusals(1), START);
    Instant later = START.plusSeconds(120);
    int atOnce = 0;
    while (pacer.pause(1, later).isZero()) {
      pacer.sent(1, later);
      atOnce++;
    }

    assertThat(atOnce).isEqualTo(294);
  }
}
