package dev.finetune4j.local.internal.decoder;

/**
 * How attention is divided. Immutable.
 *
 * @param heads how many query heads
 * @param keyValueHeads how many key and value heads; each serves {@code heads / keyValueHeads}
 *     query heads
 * @param headDimension the width of one head
 * @param inputBias whether the query, key and value projections add a bias
 * @param outputBias whether the output projection adds a bias
 */
public record AttentionShape(
    int heads, int keyValueHeads, int headDimension, boolean inputBias, boolean outputBias) {
  /** Checks that the heads divide. */
  public AttentionShape {
    if (heads < 1 || keyValueHeads < 1 || heads % keyValueHeads != 0 || headDimension % 2 != 0) {
      throw new IllegalArgumentException(
          "attention with "
              + heads
              + " heads, "
              + keyValueHeads
              + " key-value heads of width "
              + headDimension
              + " does not divide evenly");
    }
  }
}
