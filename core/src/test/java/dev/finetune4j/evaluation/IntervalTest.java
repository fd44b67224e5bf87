package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntervalTest {

  // Expected values: statsmodels 0.15.0, proportion_confint(passed, samples, method="wilson").
  @ParameterizedTest
  @CsvSource({
    "0, 10, 0.0, 0.27753279986288926",
    "10, 10, 0.7224672001371106, 1.0",
    "7, 10, 0.39677814746114537, 0.8922087325936989",
    "58, 60, 0.886362257256914, 0.9908106807438021",
    "1, 1000, 0.00017654637062607765, 0.005642558597957937",
    "50, 100, 0.4038315303659956, 0.5961684696340044"
  })
  void wilsonAgreesWithStatsmodels(long passed, long samples, double low, double high) {
    Interval interval = Interval.wilson(passed, samples, 0.95);

    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void aLowerLevelGivesANarrowerInterval() {
    Interval interval = Interval.wilson(7, 10, 0.90);

    assertThat(interval.low()).isCloseTo(0.44169979586983493, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.873123416096802, within(1e-12));
  }

  @Test
  void noSamplesSayNothing() {
    assertThat(Interval.wilson(0, 0, 0.95)).isEqualTo(new Interval(0, 1, 0.95));
  }

  @Test
  void endsInTheWrongOrderAreRefused() {
    assertThatThrownBy(() -> new Interval(1, 0, 0.95)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.wilson(3, 2, 0.95))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
