package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

final class LearningRateScheduleTest {
  @Test
  void warmUpRisesInEqualStepsAndAlreadyMovesInTheFirst() {
    assertThat(LearningRateSchedule.COSINE.factor(0, 3, 100)).isEqualTo(0.25);
    assertThat(LearningRateSchedule.COSINE.factor(2, 3, 100)).isEqualTo(0.75);
    assertThat(LearningRateSchedule.COSINE.factor(3, 3, 100)).isEqualTo(1);
  }

  @Test
  void halfWayCosineAndLinearAreAtOneHalf() {
    assertThat(LearningRateSchedule.COSINE.factor(50, 0, 100)).isEqualTo(0.5, offset(1e-12));
    assertThat(LearningRateSchedule.LINEAR.factor(50, 0, 100)).isEqualTo(0.5, offset(1e-12));
    assertThat(LearningRateSchedule.CONSTANT.factor(50, 0, 100)).isEqualTo(1);
  }
}
