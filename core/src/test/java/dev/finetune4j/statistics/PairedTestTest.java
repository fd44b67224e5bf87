package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PairedTestTest {

  @ParameterizedTest
  @EnumSource
  void noDifferenceGivesAPValueOfOne(PairedTest test) {
    assertThat(test.pValue(GroupedValues.independent(0, 0, 0))).isEqualTo(1);
    assertThat(test.pValue(GroupedValues.independent())).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOTSTRAP")
  void theFalsePositiveRateIsAtMostFivePercent(PairedTest test) {
    int rejected = rejected(test, 1000, 15);

    // 5 % and three binomial standard deviations; exact tests of few values keep well below.
    assertThat(rejected).isBetween(5, 70);
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOTSTRAP", "PERMUTATION"})
  void drawnTestsKeepTheFalsePositiveRate(PairedTest test) {
    int rejected = rejected(test, 200, 40);

    // 5 % and three binomial standard deviations; the bootstrap is one by approximation.
    assertThat(rejected).isBetween(2, test == PairedTest.BOOTSTRAP ? 22 : 19);
  }

  private static int rejected(PairedTest test, int runs, int size) {
    SplittableRandom random = new SplittableRandom(5);
    int rejected = 0;
    for (int run = 0; run < runs; run++) {
      double[] steps = random.ints(size, -2, 3).mapToDouble(step -> step / 2.0).toArray();
      rejected += test.pValue(GroupedValues.independent(steps)) <= 0.05 ? 1 : 0;
    }
    return rejected;
  }

  @Test
  void groupedDifferencesDoNotCountAsIndependentEvidence() {
    SplittableRandom random = new SplittableRandom(6);
    int grouped = 0;
    int blind = 0;

    for (int run = 0; run < 1000; run++) {
      double[] steps = new double[60];
      Integer[] groups = new Integer[60];
      for (int i = 0; i < 60; i++) {
        groups[i] = i / 5;
        steps[i] = i % 5 > 0 ? steps[i - i % 5] : random.nextInt(-1, 2);
      }
      GroupedValues known = GroupedValues.of(steps, List.of(groups));
      grouped += PairedTest.PERMUTATION.pValue(known) <= 0.05 ? 1 : 0;
      blind += PairedTest.MCNEMAR.pValue(GroupedValues.independent(steps)) <= 0.05 ? 1 : 0;
    }

    assertThat(grouped).isBetween(5, 70);
    assertThat(blind).isGreaterThan(200);
  }

  @Test
  void mcNemarsTestRejectsGroups() {
    GroupedValues pairs = GroupedValues.of(new double[] {1, 0, 1}, List.of("a", "a", "b"));

    assertThatThrownBy(() -> PairedTest.MCNEMAR.pValue(pairs))
        .hasMessage(
            "McNemar's test needs independent pairs, but these form 2 groups; use the"
                + " permutation test.");
  }
}
