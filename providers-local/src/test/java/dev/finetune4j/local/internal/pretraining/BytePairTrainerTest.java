package dev.finetune4j.local.internal.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BytePairTrainerTest {
  @Test
  void theMostFrequentPairIsJoinedFirst() {
    BytePairTrainer trainer = new BytePairTrainer();

    trainer.read("the then the there");

    assertThat(trainer.merges(3))
        .containsExactly(List.of("h", "e"), List.of("t", "he"), List.of("Ġ", "the"));
  }

  @Test
  void joinsNeverCrossAWord() {
    BytePairTrainer trainer = new BytePairTrainer();

    trainer.read("ab ab ab ab");

    assertThat(trainer.merges(2)).containsExactly(List.of("a", "b"), List.of("Ġ", "ab"));
    assertThatThrownBy(() -> trainer.merges(3))
        .hasMessageContaining("too short for so large a vocabulary");
  }
}
