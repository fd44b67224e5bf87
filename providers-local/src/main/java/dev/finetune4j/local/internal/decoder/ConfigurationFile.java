package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.decoder.DecoderConfiguration.Dimensions;
import dev.finetune4j.local.internal.decoder.RotarySettings.Llama3Scaling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a checkpoint's config.json; what the decoder cannot do is refused with the key that asks
 * for it. Stateless.
 */
public final class ConfigurationFile {
  private static final Set<String> FAMILIES = Set.of("llama", "mistral", "qwen2");

  private ConfigurationFile() {}

  /**
   * Reads {@code config.json} of the folder.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it describes a model that this decoder is not
   */
  public static DecoderConfiguration read(Path folder) throws IOException {
    JsonObject fields = Json.readObject(folder.resolve("config.json"));
    String family = fields.requireString("model_type");
    refuseOthers(fields, family);
    Dimensions dimensions =
        new Dimensions(
            fields.requireInt("hidden_size"),
            fields.requireInt("intermediate_size"),
            fields.requireInt("num_hidden_layers"),
            fields.requireInt("vocab_size"));
    return new DecoderConfiguration(
        dimensions,
        attention(fields, family, dimensions),
        rotary(fields),
        fields.findDouble("rms_norm_eps").orElse(1e-6),
        fields.findBoolean("tie_word_embeddings").orElse(false),
        fields.findBoolean("mlp_bias").orElse(false));
  }

  private static void refuseOthers(JsonObject fields, String family) {
    if (!FAMILIES.contains(family)) {
      throw refusal("model_type", family, "one of llama, mistral, qwen2");
    }
    String activation = fields.findString("hidden_act").orElse("silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw refusal("hidden_act", activation, "silu");
    }
    if (fields.find("quantization_config").isPresent()) {
      throw refusal("quantization_config", "an object", "absent: take the unquantised checkpoint");
    }
    boolean slides =
        family.equals("mistral")
            ? fields.find("sliding_window").isPresent()
            : fields.findBoolean("use_sliding_window").orElse(false);
    if (slides) {
      throw refusal(
          "sliding_window", String.valueOf(fields.find("sliding_window").orElse(null)), "null");
    }
  }

  private static AttentionShape attention(JsonObject fields, String family, Dimensions dimensions) {
    int heads = fields.requireInt("num_attention_heads");
    boolean always = family.equals("qwen2");
    boolean configured = fields.findBoolean("attention_bias").orElse(false);
    return new AttentionShape(
        heads,
        fields.findInt("num_key_value_heads").orElse(heads),
        fields.findInt("head_dim").orElse(dimensions.hidden() / heads),
        always || configured,
        !always && configured);
  }

  private static RotarySettings rotary(JsonObject fields) {
    // From version 5 on transformers writes rope_parameters; before, rope_theta and rope_scaling
    // stood apart.
    JsonObject rope =
        fields.find("rope_parameters").isPresent() ? fields.requireObject("rope_parameters") : null;
    double outer = fields.findDouble("rope_theta").orElse(10_000);
    double theta = rope == null ? outer : rope.findDouble("rope_theta").orElse(outer);
    JsonObject scaling =
        rope == null && fields.find("rope_scaling").isPresent()
            ? fields.requireObject("rope_scaling")
            : rope;
    return new RotarySettings(
        theta, fields.findInt("max_position_embeddings").orElse(2048), scaling(scaling));
  }

  private static @Nullable Llama3Scaling scaling(@Nullable JsonObject fields) {
    if (fields == null) {
      return null;
    }
    String type =
        fields.findString("rope_type").orElse(fields.findString("type").orElse("default"));
    if (type.equals("default")) {
      return null;
    }
    if (!type.equals("llama3")) {
      throw refusal("rope_type", type, "default or llama3");
    }
    return new Llama3Scaling(
        fields.findDouble("factor").orElse(8),
        fields.findDouble("low_freq_factor").orElse(1),
        fields.findDouble("high_freq_factor").orElse(4),
        fields.requireInt("original_max_position_embeddings"));
  }

  private static IllegalArgumentException refusal(String key, String value, String possible) {
    return new IllegalArgumentException(
        "config.json: \"" + key + "\" is " + value + ", and this decoder can only do " + possible);
  }
}
