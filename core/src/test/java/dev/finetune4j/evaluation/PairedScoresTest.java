package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The tests for scores that are more than passed or not: sign flips and the bootstrap. All expected
 * values of this package's tests are printed by {@code src/test/python/statistics_goldens.py}.
 */
final class PairedScoresTest {
  private static final double[] FORTY =
      IntStream.range(0, 40).mapToDouble(i -> (i * 37 % 21 - 8) / 20.0).toArray();

  @Test
  void fewDifferencesAreTestedExactly() {
    double[] differences = {.5, .25, -.125, .75, .125, .375, -.25, .625};

    double pValue = SignFlip.pValue(differences);

    // scipy 1.17.1: permutation_test((d,), sum, permutation_type="samples", n_resamples=inf).
    assertThat(pValue).isEqualTo(0.0859375);
  }

  @Test
  void manyDifferencesAreDrawnAndComeCloseToScipy() {
    double pValue = SignFlip.pValue(FORTY);

    // scipy 1.17.1: permutation_test with 200,000 resamples gave 0.0399.
    assertThat(pValue).isCloseTo(0.0399, within(0.006));
    assertThat(SignFlip.pValue(FORTY)).isEqualTo(pValue);
  }

  @Test
  void equalScoresProveNothing() {
    assertThat(SignFlip.pValue(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(SignFlip.pValue(new double[0])).isEqualTo(1);
  }

  @Test
  void theBootstrapComesCloseToScipyAndRepeatsItself() {
    Interval interval = Bootstrap.ofMean(FORTY, 0.95);

    // scipy 1.17.1: bootstrap((d,), mean, method="percentile", n_resamples=100000).
    assertThat(interval.low()).isCloseTo(0.01125, within(0.006));
    assertThat(interval.high()).isCloseTo(0.20125, within(0.006));
    assertThat(Bootstrap.ofMean(FORTY, 0.95)).isEqualTo(interval);
  }
}
