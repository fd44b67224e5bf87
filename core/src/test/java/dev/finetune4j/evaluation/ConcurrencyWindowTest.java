package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.evaluation.RequestPacer.ConcurrencyWindow;
import org.junit.jupiter.api.Test;

final class ConcurrencyWindowTest {
  private static void answers(ConcurrencyWindow window, int count) {
    for (int i = 0; i < count; i++) {
      window.answered(window.size() - 1);
    }
  }

  @Test
  void growsWithEachAnswerUntilTheFirstRefusal() {
    ConcurrencyWindow window = ConcurrencyWindow.upTo(64);

    answers(window, 14);
    int before = window.size();
    window.refused(20, 30);

    assertThat(before).isEqualTo(16);
    assertThat(window.size()).isEqualTo(8);
  }

  @Test
  void growsByOneEachRoundAfterARefusal() {
    ConcurrencyWindow window = ConcurrencyWindow.startingAt(16);
    window.refused(1, 16);

    answers(window, 9);

    assertThat(window.size()).isEqualTo(9);
  }

  @Test
  void refusalsOfOneRoundHalveTheWindowOnce() {
    ConcurrencyWindow window = ConcurrencyWindow.startingAt(16);

    for (int number = 1; number <= 16; number++) {
      window.refused(number, 16);
    }

    assertThat(window.size()).isEqualTo(8);
  }

  @Test
  void anUnusedWindowDoesNotGrowAndNeverShrinksBelowOne() {
    ConcurrencyWindow window = ConcurrencyWindow.upTo(64);

    window.answered(0);
    window.refused(1, 1);
    window.refused(2, 2);
    window.refused(3, 3);

    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void neverExceedsItsMaximum() {
    ConcurrencyWindow window = ConcurrencyWindow.upTo(3);

    answers(window, 50);

    assertThat(window.size()).isEqualTo(3);
  }
}
