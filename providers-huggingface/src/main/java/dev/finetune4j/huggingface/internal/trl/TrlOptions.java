package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Merges the provider options of a request into the recipe, overriding its settings. Stateless. */
final class TrlOptions {
  static final String CHECKPOINT_STEPS = "checkpoint_steps";
  static final String MERGE = "merge";
  static final String ACCELERATE = "accelerate";

  private static final Set<String> PLAIN = Set.of(MERGE, "threads", "chat_template", "revision");
  private static final Set<String> MODEL = Set.of("dtype", "attn_implementation", "device_map");
  private static final Set<String> LORA =
      Set.of(
          "use_rslora",
          "use_dora",
          "modules_to_save",
          "init_lora_weights",
          "rank_pattern",
          "alpha_pattern",
          "target_parameters",
          "exclude_modules",
          "bias");
  private static final Set<String> QUANTIZATION =
      Set.of(
          "load_in_4bit",
          "load_in_8bit",
          "bnb_4bit_quant_type",
          "bnb_4bit_use_double_quant",
          "llm_int8_threshold");

  private TrlOptions() {}

  /** Merges the options into the recipe. */
  static void merge(Map<String, Object> options, String trainer, JsonObject recipe) {
    JsonObject arguments = recipe.requireObject("arguments");
    JsonObject model = JsonObject.empty();
    JsonObject quantization = JsonObject.empty();
    JsonObject lora = recipe.findObject("lora").orElse(JsonObject.empty());
    TrlSettings settings = TrlSettings.of(trainer);
    for (Map.Entry<String, Object> option : options.entrySet()) {
      String name = option.getKey();
      if (PLAIN.contains(name)) {
        recipe.put(name, option.getValue());
      } else if (name.equals(CHECKPOINT_STEPS)) {
        arguments.put("save_steps", option.getValue());
      } else if (MODEL.contains(name)) {
        model.put(name, option.getValue());
      } else if (LORA.contains(name)) {
        requireLora(recipe, name);
        lora.put(name, option.getValue());
      } else if (QUANTIZATION.contains(name)) {
        requireLora(recipe, name);
        quantization.put(name, option.getValue());
      } else if (!name.equals(ACCELERATE)) {
        settings.require(name, own());
        arguments.put(name, option.getValue());
      }
    }
    recipe.put("arguments", arguments);
    put(recipe, "model_arguments", model);
    put(recipe, "quantization", quantization);
    put(recipe, "lora", lora);
  }

  private static Set<String> own() {
    Set<String> names = new TreeSet<>(PLAIN);
    names.addAll(MODEL);
    names.addAll(LORA);
    names.addAll(QUANTIZATION);
    names.add(CHECKPOINT_STEPS);
    names.add(ACCELERATE);
    return names;
  }

  private static void put(JsonObject recipe, String name, JsonObject value) {
    if (!value.asMap().isEmpty()) {
      recipe.put(name, value);
    }
  }

  private static void requireLora(JsonObject recipe, String name) {
    if (!recipe.has("lora")) {
      throw TrlErrors.unsupported(
          "the option \"" + name + "\" with a full update",
          "Use WeightUpdate.lowRank(rank), or remove the option.");
    }
  }
}
