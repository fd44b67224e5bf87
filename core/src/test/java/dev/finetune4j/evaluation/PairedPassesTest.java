package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PairedPassesTest {

  // Expected values: scipy 1.17.1, binomtest(won, won + lost, 0.5).pvalue, and statsmodels 0.15.0,
  // mcnemar([[0, won], [lost, 0]], exact=True).pvalue; both agree.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1.0",
    "1, 1, 1.0",
    "5, 0, 0.0625",
    "10, 2, 0.03857421875",
    "58, 0, 6.938893903907228e-18",
    "25, 15, 0.1538599441628321",
    "121, 59, 4.4344492637551645e-06"
  })
  void theExactTestAgreesWithScipy(long won, long lost, double expected) {
    double pValue = new PairedPasses(200, won, lost).pValue();

    assertThat(pValue).isCloseTo(expected, within(expected * 1e-9));
    assertThat(new PairedPasses(200, lost, won).pValue()).isEqualTo(pValue);
  }

  // Expected values: the formula of Agresti and Min (2005), section 3, worked out with numpy.
  @ParameterizedTest
  @CsvSource({
    "60, 58, 0, 0.8666449234145684, 1.0",
    "100, 10, 2, 0.010842140682498697, 0.14602060441554052",
    "20, 0, 0, -0.08908927202454792, 0.08908927202454792"
  })
  void theIntervalIsThatOfAgrestiAndMin(long pairs, long won, long lost, double low, double high) {
    Interval interval = new PairedPasses(pairs, won, lost).interval(0.95);

    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }
}
