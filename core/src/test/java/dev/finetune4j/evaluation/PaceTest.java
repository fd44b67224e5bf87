package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.inference.RateAllowance;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static RateStatus left(long requests) {
    return RateStatus.UNKNOWN.withRequests(
        new RateAllowance(600, requests, Duration.ofSeconds(30)));
  }

  @Test
  void nothingKnownMeansNoPause() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.empty(), START);

    pace.asked(1_000_000, START);

    assertThat(pace.pause(1_000_000, START)).isZero();
  }

  @Test
  void aLimitOfTheUserSpreadsTheQuestions() {
    Pace pace = new Pace(OptionalLong.of(600), OptionalLong.empty(), START);
    int atOnce = 0;
    while (pace.pause(1, START).isZero()) {
      pace.asked(1, START);
      atOnce++;
    }

    Duration next = pace.pause(1, START);

    // A tenth of a minute's worth, less the reserve of one in a hundred; then ten each second.
    assertThat(atOnce).isEqualTo(54);
    assertThat(next).isEqualTo(Duration.ofMillis(100));
    assertThat(pace.pause(1, START.plusMillis(100))).isZero();
  }

  @Test
  void whatTheServiceSaysIsLeftOutranksTheBook() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.empty(), START);
    pace.asked(1, START);
    pace.asked(1, START);

    pace.ended(1, left(7), START);

    // Seven are left, one of them for the question under way, and six are the reserve.
    assertThat(pace.pause(1, START)).isEqualTo(Duration.ofMillis(100));
    assertThat(pace.pause(1, START.plusSeconds(1))).isZero();
  }

  @Test
  void aQuestionLargerThanAMinutesTokensWaitsForAFullMinuteOnly() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.of(1_000), START);

    assertThat(pace.pause(50_000, START)).isZero();
    pace.asked(50_000, START);
    assertThat(pace.pause(1, START)).isPositive();
  }

  @Test
  void retryAfterClosesTheGateForAll() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.empty(), START);

    pace.closeFor(Duration.ofSeconds(9), START);
    pace.closeFor(Duration.ofSeconds(4), START);

    assertThat(pace.pause(1, START)).isEqualTo(Duration.ofSeconds(9));
    assertThat(pace.pause(1, START.plusSeconds(9))).isZero();
  }

  @Test
  void figuresWithoutSenseCountAsNothingSaid() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.empty(), START);
    pace.asked(1, START);

    pace.ended(1, RateStatus.UNKNOWN.withTokens(new RateAllowance(-1, -1, Duration.ZERO)), START);

    assertThat(pace.pause(100, START)).isZero();
  }

  @Test
  void eachRefusalHalvesWhatIsAskedAtOnce() {
    Pace pace = new Pace(OptionalLong.empty(), OptionalLong.empty(), START);
    pace.asked(1, START);
    pace.ended(1, left(600).withRefusals(1), START);
    Instant later = START.plusSeconds(120);
    int atOnce = 0;
    while (pace.pause(1, later).isZero()) {
      pace.asked(1, later);
      atOnce++;
    }

    assertThat(atOnce).isEqualTo(294);
  }
}
