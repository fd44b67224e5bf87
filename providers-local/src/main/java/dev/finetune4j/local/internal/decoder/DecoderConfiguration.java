package dev.finetune4j.local.internal.decoder;

/**
 * The shape of a Llama-style decoder. Immutable.
 *
 * @param dimensions widths and depth
 * @param attention how attention is divided
 * @param rotary how positions enter
 * @param normEpsilon what keeps the root-mean-square norm from dividing by zero
 * @param tiedHead whether the output head is the embedding
 * @param feedForwardBias whether the three feed-forward projections add a bias
 */
public record DecoderConfiguration(
    Dimensions dimensions,
    AttentionShape attention,
    RotarySettings rotary,
    double normEpsilon,
    boolean tiedHead,
    boolean feedForwardBias) {

  /**
   * Widths and depth.
   *
   * @param hidden the width of the residual stream
   * @param intermediate the width inside the feed-forward block
   * @param layers how many blocks
   * @param vocabulary how many token ids
   */
  public record Dimensions(int hidden, int intermediate, int layers, int vocabulary) {}
}
