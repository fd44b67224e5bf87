package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.evaluation.agreement.RankCorrelation;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of figures that were seen from outside; each test names the row. */
final class StatisticsFaultsTest {

  @Test
  void mcNemarsTestIsTwiceTheSmallerTailForEveryTableS1() {
    assertThat(new PairedPasses(100, 60, 40).pValue()).isCloseTo(0.0569, within(5e-5));
    assertThat(new PairedPasses(100, 5, 14).pValue()).isCloseTo(0.0636, within(5e-5));
    for (int differing = 1; differing <= 300; differing += 7) {
      double tail = 0;
      BinomialDistribution coin = BinomialDistribution.of(differing, 0.5);
      for (int fewer = 0; fewer <= differing / 2; fewer++) {
        tail += coin.probability(fewer);
        double expected = Math.min(1, 2 * tail);
        assertThat(new PairedPasses(300, fewer, differing - fewer).pValue())
            .isCloseTo(expected, within(1e-9));
        assertThat(new PairedPasses(300, differing - fewer, fewer).pValue())
            .isCloseTo(expected, within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 0.02", "20, 0.1", "50, 0.05", "300, 0.02"})
  void aModelWorseByTheMarginRarelyPassesAsNotWorseS2(int pairs, double margin) {
    BinomialDistribution losses = BinomialDistribution.of(pairs, margin);
    double passes = 0;
    for (int lost = 0; lost <= pairs; lost++) {
      boolean notWorse = new PairedPasses(pairs, 0, lost).interval(0.95).low() >= -margin;
      passes += notWorse ? losses.probability(lost) : 0;
    }
    assertThat(passes).isLessThanOrEqualTo(0.025);
  }

  @ParameterizedTest
  @CsvSource({"10, 0.02, 0", "20, 0.1, 0", "50, 0.01, 0.2", "100, 0, 0.15", "100, 0.3, 0.25"})
  void pairedIntervalsContainTheTrueDifferenceOftenEnough(int pairs, double won, double lost) {
    double covered = 0;
    BinomialDistribution wins = BinomialDistribution.of(pairs, won);
    for (int one = 0; one <= pairs; one++) {
      BinomialDistribution losses = BinomialDistribution.of(pairs - one, lost / (1 - won));
      for (int other = 0; other <= pairs - one; other++) {
        double weight = wins.probability(one) * losses.probability(other);
        boolean contains =
            weight > 1e-9
                && new PairedPasses(pairs, one, other).interval(0.95).contains(won - lost);
        covered += contains ? weight : 0;
      }
    }
    assertThat(covered).isGreaterThan(0.945);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 50, 300})
  void exactIntervalsContainTheTrueShareNearTheEndsToo(int samples) {
    for (double share = 0.005; share < 1; share += 0.045) {
      BinomialDistribution counts = BinomialDistribution.of(samples, share);
      double covered = 0;
      for (int passed = 0; passed <= samples; passed++) {
        boolean contains = Interval.exact(passed, samples, 0.95).contains(share);
        covered += contains ? counts.probability(passed) : 0;
      }
      assertThat(covered).isGreaterThanOrEqualTo(0.95 - 1e-9);
    }
  }

  @Test
  void intervalsOfMeansContainTheTrueMeanOfSkewedScores() {
    SplittableRandom random = new SplittableRandom(3);
    for (int size : new int[] {10, 20, 50}) {
      int covered = 0;
      for (int run = 0; run < 300; run++) {
        double[] scores = random.doubles(size).map(drawn -> drawn < 0.75 ? 0 : 0.7).toArray();
        Interval interval = Interval.ofMean(GroupedValues.independent(scores), 0.95);
        covered += interval.contains(0.175) ? 1 : 0;
      }
      // Three standard errors of 300 runs below 0.93.
      assertThat(covered / 300.0).isGreaterThan(0.886);
    }
  }

  @Test
  void theBootstrapOfFewValuesPromisesNoMoreThanThePermutationTestS6() {
    GroupedValues values = GroupedValues.independent(0.1, 0.1, 0.2);

    assertThat(PairedTest.BOOTSTRAP.pValue(values)).isEqualTo(0.25);
  }

  @Test
  void negativeZeroIsATieOfZero() {
    double[] first = {0.0, -0.0, 1, 2};
    double[] second = {1, 2, 3, 4};

    assertThat(RankCorrelation.kendall(first, second))
        .isEqualTo(RankCorrelation.kendall(new double[] {0, 0, 1, 2}, second));
    assertThat(Wilcoxon.pValue(GroupedValues.independent(-0.0, 0.5, 0.25, -0.125)))
        .isEqualTo(Wilcoxon.pValue(GroupedValues.independent(0.5, 0.25, -0.125)));
  }

  @Test
  void tinyDifferencesHaveRanksToo() {
    assertThat(Wilcoxon.pValue(GroupedValues.independent(1e-13, 2e-13, 3e-13, -4e-13)))
        .isEqualTo(Wilcoxon.pValue(GroupedValues.independent(1, 2, 3, -4)));
  }

  @Test
  void theNumberThatSettlesIncludesTheMinimumS4() {
    Settling question = new Settling(0.05, 0.05, 0.05, false);

    // At exactly the minimum, half of all test sets fall below it, however large.
    assertThat(question.pairs(0.12, 0.07)).isEmpty();
    int needed = (int) question.pairs(0.15, 0.06).orElseThrow();

    assertThat(settled(needed, 0.15, 0.06)).isBetween(0.77, 0.83);
  }

  private static double settled(int pairs, double won, double lost) {
    SplittableRandom random = new SplittableRandom(4);
    int settled = 0;
    for (int run = 0; run < 3000; run++) {
      int wins = 0;
      int losses = 0;
      for (int i = 0; i < pairs; i++) {
        double drawn = random.nextDouble();
        wins += drawn < won ? 1 : 0;
        losses += drawn >= won && drawn < won + lost ? 1 : 0;
      }
      PairedPasses passes = new PairedPasses(pairs, wins, losses);
      boolean fine = passes.difference() >= 0.05 && passes.pValue() <= 0.05;
      settled += fine || passes.interval(0.95).high() < 0.05 ? 1 : 0;
    }
    return settled / 3000.0;
  }
}
