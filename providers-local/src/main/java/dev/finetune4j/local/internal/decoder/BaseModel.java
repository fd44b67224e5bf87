package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A loaded checkpoint folder: shape, weights, tokenizer, chat template.
 *
 * <p>May be read by several threads; holds native memory (four bytes per parameter) until closed.
 */
public final class BaseModel implements AutoCloseable {
  private final Path folder;
  private final DecoderConfiguration configuration;
  private final Weights weights;
  private final RotaryTable rotary;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;

  private BaseModel(
      Path folder, DecoderConfiguration configuration, Weights weights, Tokenizer tokenizer)
      throws IOException {
    this.folder = folder;
    this.configuration = configuration;
    this.weights = weights;
    this.rotary =
        new RotaryTable(configuration.rotary(), configuration.attention().headDimension());
    this.tokenizer = tokenizer;
    this.template = ChatTemplate.of(folder, tokenizer);
  }

  /**
   * Loads {@code config.json}, {@code tokenizer.json} and the safetensors of a folder.
   *
   * @throws IOException if a file is missing or broken
   * @throws IllegalArgumentException if the model is of a kind that the engine cannot run; says
   *     which key or tensor
   */
  public static BaseModel load(Path folder) throws IOException {
    DecoderConfiguration configuration = ConfigurationFile.read(folder);
    Tokenizer tokenizer = Tokenizer.load(folder);
    return new BaseModel(folder, configuration, Weights.load(folder, configuration), tokenizer);
  }

  /** Where it was loaded from. */
  public Path folder() {
    return folder;
  }

  /** The shape. */
  public DecoderConfiguration configuration() {
    return configuration;
  }

  /** The tensors. */
  public Weights weights() {
    return weights;
  }

  /** Text to ids and back. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Conversations to ids. */
  public ChatTemplate template() {
    return template;
  }

  /** A decoder over other parameters than the base's own, in the same shape. */
  public Decoder decoder(Parameters parameters) {
    return new Decoder(configuration, rotary, parameters);
  }

  @Override
  public void close() {
    weights.close();
    rotary.close();
    tokenizer.close();
  }
}
