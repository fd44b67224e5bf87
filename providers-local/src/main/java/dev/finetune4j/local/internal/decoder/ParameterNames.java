package dev.finetune4j.local.internal.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tensors a decoder has, under the names that transformers gives them. Stateless. */
public final class ParameterNames {
  /** The embedding, and where the head is tied, the head too. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** The last norm. */
  public static final String FINAL_NORM = "model.norm.weight";

  /** The untied head. */
  public static final String HEAD = "lm_head.weight";

  private static final List<String> ATTENTION = List.of("q_proj", "k_proj", "v_proj", "o_proj");
  private static final List<String> FEED_FORWARD = List.of("gate_proj", "up_proj", "down_proj");

  private ParameterNames() {}

  /** The last part of the name of every linear layer that can carry a low-rank update. */
  public static Set<String> linearModules() {
    return Set.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
  }

  /** The full name of a linear layer, without {@code .weight}. */
  static String linear(int layer, String module) {
    return "model.layers."
        + layer
        + (ATTENTION.contains(module) ? ".self_attn." : ".mlp.")
        + module;
  }

  static String inputNorm(int layer) {
    return "model.layers." + layer + ".input_layernorm.weight";
  }

  static String innerNorm(int layer) {
    return "model.layers." + layer + ".post_attention_layernorm.weight";
  }

  /** Returns the full names of the linear layers whose last part is in the set, in layer order. */
  public static List<String> linears(DecoderConfiguration configuration, Set<String> modules) {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < configuration.dimensions().layers(); layer++) {
      for (List<String> group : List.of(ATTENTION, FEED_FORWARD)) {
        for (String module : group) {
          if (modules.contains(module)) {
            names.add(linear(layer, module));
          }
        }
      }
    }
    return names;
  }

  /** Output and input width of a linear layer, by the last part of its name. */
  public static long[] linearShape(DecoderConfiguration configuration, String module) {
    AttentionShape attention = configuration.attention();
    int hidden = configuration.dimensions().hidden();
    int inner = configuration.dimensions().intermediate();
    int queries = attention.heads() * attention.headDimension();
    int keys = attention.keyValueHeads() * attention.headDimension();
    return switch (module.substring(module.lastIndexOf('.') + 1)) {
      case "q_proj" -> new long[] {queries, hidden};
      case "k_proj", "v_proj" -> new long[] {keys, hidden};
      case "o_proj" -> new long[] {hidden, queries};
      case "down_proj" -> new long[] {hidden, inner};
      case "gate_proj", "up_proj" -> new long[] {inner, hidden};
      default -> throw new IllegalArgumentException("no linear layer is called " + module);
    };
  }

  /** Every tensor with its shape, in the order of a forward pass. */
  public static Map<String, long[]> shapes(DecoderConfiguration configuration) {
    int hidden = configuration.dimensions().hidden();
    int vocabulary = configuration.dimensions().vocabulary();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(EMBEDDING, new long[] {vocabulary, hidden});
    for (int layer = 0; layer < configuration.dimensions().layers(); layer++) {
      shapes.put(inputNorm(layer), new long[] {hidden});
      shapes.put(innerNorm(layer), new long[] {hidden});
    }
    for (String module : linears(configuration, linearModules())) {
      long[] shape = linearShape(configuration, module);
      shapes.put(module + ".weight", shape);
      if (hasBias(configuration, module)) {
        shapes.put(module + ".bias", new long[] {shape[0]});
      }
    }
    shapes.put(FINAL_NORM, new long[] {hidden});
    if (!configuration.tiedHead()) {
      shapes.put(HEAD, new long[] {vocabulary, hidden});
    }
    return shapes;
  }

  static boolean hasBias(DecoderConfiguration configuration, String module) {
    if (module.contains(".mlp.")) {
      return configuration.feedForwardBias();
    }
    AttentionShape attention = configuration.attention();
    return module.endsWith("o_proj") ? attention.outputBias() : attention.inputBias();
  }
}
