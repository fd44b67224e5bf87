package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Sequences that are computed together, padded at the end to the longest, and the positions of
 * their trained tokens.
 */
final class MicroBatch {
  private final List<TokenSequence> sequences;
  private final int length;
  private final long[] rows;
  private final long[] targets;
  private final long[] owners;

  private MicroBatch(List<TokenSequence> sequences) {
    this.sequences = sequences;
    this.length = sequences.stream().mapToInt(TokenSequence::length).max().orElse(0);
    int trained = sequences.stream().mapToInt(TokenSequence::trainedCount).sum();
    rows = new long[trained];
    targets = new long[trained];
    owners = new long[trained];
    int next = 0;
    for (int sequence = 0; sequence < sequences.size(); sequence++) {
      TokenSequence tokens = sequences.get(sequence);
      for (int position = 1; position < tokens.length(); position++) {
        if (tokens.isTrained(position)) {
          // The state at one position predicts the token at the next.
          rows[next] = (long) sequence * length + position - 1;
          targets[next] = tokens.token(position);
          owners[next++] = sequence;
        }
      }
    }
  }

  static MicroBatch of(List<TrainingItem> items) {
    return new MicroBatch(items.stream().flatMap(item -> item.sequences().stream()).toList());
  }

  int sequenceCount() {
    return sequences.size();
  }

  Tensor tokens() {
    long[] padded = new long[sequences.size() * length];
    for (int sequence = 0; sequence < sequences.size(); sequence++) {
      TokenSequence tokens = sequences.get(sequence);
      for (int position = 0; position < tokens.length(); position++) {
        padded[sequence * length + position] = tokens.token(position);
      }
    }
    return Tensors.ofLongs(padded, sequences.size(), length);
  }

  /** The rows of the flattened stream that predict a trained token. */
  Tensor rows() {
    return Tensors.ofLongs(rows, rows.length);
  }

  /** The tokens to be predicted, one for each row. */
  Tensor targets() {
    return Tensors.ofLongs(targets, targets.length);
  }

  /** The sequence to which each row belongs. */
  Tensor owners() {
    return Tensors.ofLongs(owners, owners.length);
  }
}
