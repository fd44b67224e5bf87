package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.decoder.DecoderConfiguration.Dimensions;
import dev.finetune4j.local.internal.decoder.RotarySettings.Llama3Scaling;
import dev.finetune4j.local.internal.json.JsonFields;
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
    JsonFields fields = JsonFields.read(folder.resolve("config.json"));
    String family = fields.requireText("model_type");
    refuseOthers(fields, family);
    Dimensions dimensions =
        new Dimensions(
            fields.requireInteger("hidden_size"),
            fields.requireInteger("intermediate_size"),
            fields.requireInteger("num_hidden_layers"),
            fields.requireInteger("vocab_size"));
    return new DecoderConfiguration(
        dimensions,
        attention(fields, family, dimensions),
        rotary(fields),
        fields.number("rms_norm_eps", 1e-6),
        fields.flag("tie_word_embeddings", false),
        fields.flag("mlp_bias", false));
  }

  private static void refuseOthers(JsonFields fields, String family) {
    if (!FAMILIES.contains(family)) {
      throw refusal("model_type", family, "one of llama, mistral, qwen2");
    }
    String activation = fields.text("hidden_act", "silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw refusal("hidden_act", activation, "silu");
    }
    if (fields.has("quantization_config")) {
      throw refusal("quantization_config", "an object", "absent: take the unquantised checkpoint");
    }
    boolean slides =
        family.equals("mistral")
            ? fields.has("sliding_window")
            : fields.flag("use_sliding_window", false);
    if (slides) {
      throw refusal("sliding_window", String.valueOf(fields.raw("sliding_window")), "null");
    }
  }

  private static AttentionShape attention(JsonFields fields, String family, Dimensions dimensions) {
    int heads = fields.requireInteger("num_attention_heads");
    boolean always = family.equals("qwen2");
    boolean configured = fields.flag("attention_bias", false);
    return new AttentionShape(
        heads,
        fields.integer("num_key_value_heads", heads),
        fields.integer("head_dim", dimensions.hidden() / heads),
        always || configured,
        !always && configured);
  }

  private static RotarySettings rotary(JsonFields fields) {
    // From version 5 on transformers writes rope_parameters; before, rope_theta and rope_scaling
    // stood apart.
    JsonFields rope = fields.has("rope_parameters") ? fields.object("rope_parameters") : null;
    double outer = fields.number("rope_theta", 10_000);
    double theta = rope == null ? outer : rope.number("rope_theta", outer);
    JsonFields scaling =
        rope == null && fields.has("rope_scaling") ? fields.object("rope_scaling") : rope;
    return new RotarySettings(
        theta, fields.integer("max_position_embeddings", 2048), scaling(scaling));
  }

  private static @Nullable Llama3Scaling scaling(@Nullable JsonFields fields) {
    if (fields == null) {
      return null;
    }
    String type = fields.text("rope_type", fields.text("type", "default"));
    if (type.equals("default")) {
      return null;
    }
    if (!type.equals("llama3")) {
      throw refusal("rope_type", type, "default or llama3");
    }
    return new Llama3Scaling(
        fields.number("factor", 8),
        fields.number("low_freq_factor", 1),
        fields.number("high_freq_factor", 4),
        fields.requireInteger("original_max_position_embeddings"));
  }

  private static IllegalArgumentException refusal(String key, String value, String possible) {
    return new IllegalArgumentException(
        "config.json: \"" + key + "\" is " + value + ", and this decoder can only do " + possible);
  }
}
