package dev.finetune4j.local.internal.decoder;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A Llama-style decoder over given parameters: embedding, blocks, norm, head.
 *
 * <p>Has no state beside its parameters; several threads may run it at once unless it carries
 * dropout. What it returns lives in the caller's {@code PointerScope}.
 */
public final class Decoder {
  private final DecoderConfiguration configuration;
  private final RotaryTable rotary;
  private final Tensor embedding;
  private final List<DecoderLayer> layers = new ArrayList<>();
  private final DecoderLayer.Norm finalNorm;
  private final Tensor head;

  /** Binds parameters to a shape; the table may be shared by many decoders. */
  public Decoder(DecoderConfiguration configuration, RotaryTable rotary, Parameters parameters) {
    this.configuration = configuration;
    this.rotary = rotary;
    this.embedding = parameters.tensor(ParameterNames.EMBEDDING);
    for (int i = 0; i < configuration.dimensions().layers(); i++) {
      layers.add(new DecoderLayer(i, configuration, parameters));
    }
    this.finalNorm =
        new DecoderLayer.Norm(
            parameters.tensor(ParameterNames.FINAL_NORM), configuration.normEpsilon());
    this.head = configuration.tiedHead() ? embedding : parameters.tensor(ParameterNames.HEAD);
  }

  /** The shape. */
  public DecoderConfiguration configuration() {
    return configuration;
  }

  /**
   * The normed stream of (batch, position, width) for sequences that start at position 0.
   *
   * @param tokens ids of (batch, position), padded at the end
   */
  public Tensor hidden(Tensor tokens) {
    return hidden(tokens, Attention.causal(rotary.first(tokens.size(1))));
  }

  Tensor hidden(Tensor tokens, Attention attention) {
    Tensor stream = torch.embedding(embedding, tokens);
    for (DecoderLayer layer : layers) {
      stream = layer.apply(stream, attention);
    }
    return finalNorm.apply(stream);
  }

  /** The score of every token of the vocabulary, for each row of a stream. */
  public Tensor logits(Tensor hidden) {
    return torch.linear(hidden, head);
  }

  RotaryTable rotary() {
    return rotary;
  }
}
