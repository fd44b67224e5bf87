package dev.finetune4j.local.internal.adapter;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.decoder.DecoderConfiguration;
import dev.finetune4j.local.internal.decoder.Dropout;
import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.decoder.ParameterNames;
import dev.finetune4j.local.internal.safetensors.SafetensorsFile;
import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.StoredTensor;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads and writes an adapter as PEFT does: adapter_config.json and adapter_model.safetensors.
 * Stateless.
 */
public final class AdapterFolder {
  private static final String PREFIX = "base_model.model.";
  private static final String DOWN = ".lora_A.weight";
  private static final String UP = ".lora_B.weight";
  private static final String CONFIGURATION = "adapter_config.json";
  private static final String TENSORS = "adapter_model.safetensors";

  private AdapterFolder() {}

  /**
   * Writes an adapter.
   *
   * @param baseName what the configuration names as its base
   * @param tensors the matrices by their name inside the base, ending in lora_A.weight or
   *     lora_B.weight
   */
  public static void save(
      Path folder, LowRankSettings settings, String baseName, Map<String, Tensor> tensors)
      throws IOException {
    Files.createDirectories(folder);
    List<StoredTensor> stored = new ArrayList<>();
    tensors.forEach((name, tensor) -> stored.add(new StoredTensor(PREFIX + name, tensor, "F32")));
    SafetensorsWriter.write(folder.resolve(TENSORS), stored);
    Files.writeString(
        folder.resolve(CONFIGURATION),
        Json.writeIndented(configuration(settings, baseName)) + "\n");
  }

  private static Map<String, Object> configuration(LowRankSettings settings, String baseName) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("peft_type", "LORA");
    fields.put("task_type", "CAUSAL_LM");
    fields.put("base_model_name_or_path", baseName);
    fields.put("r", settings.rank());
    fields.put(
        "lora_alpha",
        settings.alpha() == Math.rint(settings.alpha())
            ? (long) settings.alpha()
            : settings.alpha());
    fields.put("lora_dropout", settings.dropout());
    fields.put("target_modules", settings.modules().stream().sorted().toList());
    fields.put("bias", "none");
    fields.put("fan_in_fan_out", false);
    fields.put("inference_mode", true);
    return fields;
  }

  /**
   * Loads an adapter for a base of this shape.
   *
   * @throws IOException if a file is missing or broken
   * @throws IllegalArgumentException if it is of a kind that cannot be applied; names the key
   */
  public static LoadedAdapter load(Path folder, DecoderConfiguration base) throws IOException {
    if (!Files.exists(folder.resolve(TENSORS))) {
      throw new IOException(
          folder + " has no " + TENSORS + "; adapters saved as pickle are not read");
    }
    double scale = scale(Json.readObject(folder.resolve(CONFIGURATION)));
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(TENSORS));
    Map<String, LowRankUpdate> updates = new LinkedHashMap<>();
    List<String> known = ParameterNames.linears(base, ParameterNames.linearModules());
    for (String name : file.entries().keySet()) {
      String module = module(name);
      if (!known.contains(module)) {
        throw new IllegalArgumentException(
            "the adapter has a tensor " + name + " that the base has no layer for");
      }
      if (name.endsWith(DOWN)) {
        Tensor down = tensor(file, name);
        Tensor up = tensor(file, PREFIX + module + UP);
        requireShape(module, base, down, up);
        updates.put(module, new LowRankUpdate(down, up, scale, Dropout.none()));
      }
    }
    return new LoadedAdapter(updates);
  }

  private static String module(String name) {
    if (name.startsWith(PREFIX) && name.endsWith(DOWN)) {
      return name.substring(PREFIX.length(), name.length() - DOWN.length());
    }
    if (name.startsWith(PREFIX) && name.endsWith(UP)) {
      return name.substring(PREFIX.length(), name.length() - UP.length());
    }
    return name;
  }

  private static Tensor tensor(SafetensorsFile file, String name) throws IOException {
    ByteBuffer bytes = file.bytes(name);
    var entry = file.entries().get(name);
    if (entry == null) {
      throw new IOException("the adapter has no tensor " + name);
    }
    return Scope.keep(() -> Tensors.ofStored(bytes, entry.elementType(), entry.dimensions()));
  }

  private static void requireShape(
      String module, DecoderConfiguration base, Tensor down, Tensor up) {
    long[] shape = ParameterNames.linearShape(base, module);
    boolean fits = down.size(1) == shape[1] && up.size(0) == shape[0] && down.size(0) == up.size(1);
    if (!fits) {
      throw new IllegalArgumentException(
          "the adapter's update of "
              + module
              + " does not fit a layer of "
              + shape[0]
              + " x "
              + shape[1]
              + ": was it trained on another base?");
    }
  }

  private static double scale(JsonObject fields) {
    String type = fields.findString("peft_type").orElse("LORA");
    if (!type.equals("LORA")) {
      throw refusal("peft_type", type);
    }
    for (String key : Set.of("use_dora", "fan_in_fan_out")) {
      if (fields.findBoolean(key).orElse(false)) {
        throw refusal(key, "true");
      }
    }
    if (!fields.findString("bias").orElse("none").equals("none")) {
      throw refusal("bias", fields.findString("bias").orElse("none"));
    }
    for (String key : List.of("rank_pattern", "alpha_pattern")) {
      if (fields.find(key).isPresent() && !fields.requireObject(key).names().isEmpty()) {
        throw refusal(key, "not empty");
      }
    }
    double rank = fields.findDouble("r").orElse(8);
    double alpha = fields.findDouble("lora_alpha").orElse(8);
    return fields.findBoolean("use_rslora").orElse(false) ? alpha / Math.sqrt(rank) : alpha / rank;
  }

  private static IllegalArgumentException refusal(String key, String value) {
    return new IllegalArgumentException(
        CONFIGURATION
            + ": \""
            + key
            + "\" is "
            + value
            + ", and only plain low-rank updates are applied");
  }
}
