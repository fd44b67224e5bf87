package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.util.List;

/** One training example: one sequence, or a preferred and a rejected one. Immutable. */
public record TrainingItem(List<TokenSequence> sequences) {
  /** Copies the list. */
  public TrainingItem {
    sequences = List.copyOf(sequences);
  }

  /** An example of supervised training. */
  public static TrainingItem of(TokenSequence sequence) {
    return new TrainingItem(List.of(sequence));
  }

  /** An example of preference training; both sequences begin with the same prompt. */
  public static TrainingItem pair(TokenSequence preferred, TokenSequence rejected) {
    return new TrainingItem(List.of(preferred, rejected));
  }

  /** The longest sequence. */
  int length() {
    return sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
  }

  /** Tokens of all sequences. */
  int tokenCount() {
    return sequences.stream().mapToInt(TokenSequence::length).sum();
  }

  /** Tokens that count in the loss. */
  int trainedCount() {
    return sequences.stream().mapToInt(TokenSequence::trainedCount).sum();
  }

  boolean hasNothingToLearn() {
    return sequences.stream().anyMatch(sequence -> sequence.trainedCount() == 0);
  }

  TrainingItem truncated(int length) {
    return new TrainingItem(
        sequences.stream().map(sequence -> sequence.truncated(length)).toList());
  }
}
