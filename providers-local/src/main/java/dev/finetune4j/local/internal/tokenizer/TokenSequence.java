package dev.finetune4j.local.internal.tokenizer;

import java.util.Arrays;
import java.util.BitSet;

/** Token ids, each with a mark whether it counts in the loss. Immutable. */
public final class TokenSequence {
  private final int[] tokens;
  private final BitSet trained;

  /** Copies both. */
  public TokenSequence(int[] tokens, BitSet trained) {
    this.tokens = tokens.clone();
    this.trained = (BitSet) trained.clone();
  }

  /** A sequence of which every token but the first counts. */
  public static TokenSequence allTrained(int[] tokens) {
    BitSet trained = new BitSet();
    trained.set(1, Math.max(1, tokens.length));
    return new TokenSequence(tokens, trained);
  }

  /** How many tokens there are. */
  public int length() {
    return tokens.length;
  }

  /** The id at a position. */
  public int token(int position) {
    return tokens[position];
  }

  /**
   * Whether the token at this position counts in the loss; the first never does, since nothing
   * predicts it.
   */
  public boolean isTrained(int position) {
    return position > 0 && trained.get(position);
  }

  /** How many tokens count in the loss. */
  public int trainedCount() {
    int count = trained.cardinality();
    return trained.get(0) ? count - 1 : count;
  }

  /** A copy of the ids. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** The first {@code length} tokens. */
  public TokenSequence truncated(int length) {
    return length >= tokens.length
        ? this
        : new TokenSequence(Arrays.copyOf(tokens, length), trained.get(0, length));
  }
}
