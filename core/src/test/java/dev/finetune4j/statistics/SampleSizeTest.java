package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SampleSizeTest {

  @Test
  void theNeededSizeHasAPowerOfEightyPercent() {
    SampleSize plan = SampleSize.forPasses(0.25);
    int needed = (int) plan.toDetect(0.1).orElseThrow();
    SplittableRandom random = new SplittableRandom(11);

    int found = 0;
    for (int run = 0; run < 4000; run++) {
      int won = 0;
      int lost = 0;
      for (int i = 0; i < needed; i++) {
        double drawn = random.nextDouble();
        won += drawn < 0.175 ? 1 : 0;
        lost += drawn >= 0.175 && drawn < 0.25 ? 1 : 0;
      }
      found += won > lost && new PairedPasses(needed, won, lost).pValue() <= 0.05 ? 1 : 0;
    }

    assertThat(needed).isEqualTo(207);
    // The binomial error of 4,000 runs is 0.0063.
    assertThat(found / 4000.0).isCloseTo(0.8, within(0.025));
  }

  @Test
  void detectableIsTheInverseOfToDetect() {
    SampleSize plan = SampleSize.forPassRate(0.7);

    double gain = plan.detectable(200).orElseThrow();

    assertThat(plan.powerFor(gain, 200)).isCloseTo(0.8, within(1e-4));
    assertThat(plan.powerFor(gain * 0.9, 200)).isLessThan(0.75);
    assertThat(plan.toDetect(gain).orElseThrow()).isBetween(190L, 200L);
  }

  @Test
  void moreTestsAndMorePowerNeedMoreExamples() {
    SampleSize plan = SampleSize.forScores(0.3);

    assertThat(plan.toDetect(0.05)).hasValue(289);
    assertThat(plan.amongTests(6).toDetect(0.05)).hasValue(446);
    assertThat(plan.power(0.9).toDetect(0.05)).hasValue(385);
    assertThat(plan.level(0.1).toDetect(0.05).orElseThrow()).isLessThan(289);
  }

  @Test
  void impossibleOrUnrealisticGainsHaveNoSize() {
    assertThat(SampleSize.forPasses(0.2).toDetect(0)).isEmpty();
    assertThat(SampleSize.forPasses(0.2).toDetect(0.0001)).isEmpty();
    assertThat(SampleSize.forPassRate(0.95).toDetect(0.1)).isEmpty();
    assertThat(SampleSize.forPassRate(0.5).detectable(5)).isEmpty();
  }

  @Test
  void argumentsOutOfRangeAreRejected() {
    assertThatThrownBy(() -> SampleSize.forPassRate(70))
        .hasMessage("baseline must be from 0 to 1, was 70.0");
    assertThatThrownBy(() -> SampleSize.forScores(-1))
        .hasMessage("standardDeviation must be at least 0, was -1.0");
    assertThatThrownBy(() -> SampleSize.forPasses(0.2).power(1))
        .hasMessage("power must be between 0 and 1, was 1.0");
  }
}
