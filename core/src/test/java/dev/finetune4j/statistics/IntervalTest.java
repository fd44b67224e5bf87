package dev.finetune4j.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class IntervalTest {

  @Test
  void theIntervalOfNoSamplesIsTheWholeRange() {
    assertThat(Interval.wilson(0, 0, 0.95)).isEqualTo(new Interval(0, 1, 0.95));
    assertThat(Interval.wilson(GroupedValues.independent(), 0.95))
        .isEqualTo(new Interval(0, 1, 0.95));
  }

  @Test
  void endsInTheWrongOrderAreRejected() {
    assertThatThrownBy(() -> new Interval(1, 0, 0.95)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.wilson(3, 2, 0.95))
        .hasMessage("passed must be from 0 to 2, was 3");
  }

  @Test
  void tenSamplesOfOneExampleCountAsOne() {
    double[] passes = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    Interval alone = Interval.wilson(GroupedValues.independent(passes), 0.95);
    Interval together =
        Interval.wilson(GroupedValues.of(passes, List.of(7, 7, 7, 7, 7, 7, 7, 7, 7, 7)), 0.95);

    assertThat(alone.low()).isGreaterThan(0.7);
    assertThat(together).isEqualTo(Interval.wilson(1, 1, 0.95));
  }

  @Test
  void equalScoresDoNotGiveAnIntervalOfZeroWidth() {
    Interval three = Bootstrap.biasCorrected(GroupedValues.independent(0, 0, 0), 0.95);
    Interval many = Bootstrap.biasCorrected(GroupedValues.independent(new double[500]), 0.95);

    assertThat(three.high()).isGreaterThan(0.3);
    assertThat(many.high()).isLessThan(0.005);
  }

  @Test
  void equalDataGiveEqualIntervals() {
    GroupedValues values = GroupedValues.of(new double[] {.1, .7, .3, .9}, List.of(1, 1, 2, 3));

    assertThat(Bootstrap.biasCorrected(values, 0.95))
        .isEqualTo(Bootstrap.biasCorrected(values, 0.95));
    assertThat(Bootstrap.pValue(values)).isEqualTo(Bootstrap.pValue(values));
  }
}
