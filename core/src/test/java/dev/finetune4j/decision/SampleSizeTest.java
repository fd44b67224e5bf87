package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleSizeTest {

  // Expected values: Connor (1987), with the normal quantiles of scipy 1.17.1.
  @ParameterizedTest
  @CsvSource({"0.1, 0.2, 154.59856956021105", "0.05, 0.3, 939.5042435637714"})
  void pairsAgreeWithConnorsFormula(double effect, double differing, double pairs) {
    assertThat(SampleSize.pairs(effect, differing, 0.05)).isCloseTo(pairs, within(1e-6));
  }
}
