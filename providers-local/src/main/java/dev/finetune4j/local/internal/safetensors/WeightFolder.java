package dev.finetune4j.local.internal.safetensors;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All weights of a checkpoint folder, be they in one file or in shards with an index. Immutable.
 */
public final class WeightFolder {
  private final Map<String, SafetensorsFile> fileOf;

  private WeightFolder(Map<String, SafetensorsFile> fileOf) {
    this.fileOf = fileOf;
  }

  /**
   * Reads the headers of {@code model.safetensors}, or of the shards that {@code
   * model.safetensors.index.json} names.
   *
   * @throws IOException if neither is there or one is broken
   */
  public static WeightFolder open(Path folder) throws IOException {
    Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
    Path single = folder.resolve("model.safetensors");
    Path index = folder.resolve("model.safetensors.index.json");
    if (Files.exists(single)) {
      SafetensorsFile file = SafetensorsFile.open(single);
      file.entries().keySet().forEach(name -> fileOf.put(name, file));
    } else if (Files.exists(index)) {
      addShards(folder, Json.readObject(index).requireObject("weight_map"), fileOf);
    } else {
      throw new IOException(
          folder
              + " has no model.safetensors and no model.safetensors.index.json; pickled weights are not read,"
              + " convert them with transformers' save_pretrained");
    }
    return new WeightFolder(fileOf);
  }

  private static void addShards(
      Path folder, JsonObject weightMap, Map<String, SafetensorsFile> fileOf) throws IOException {
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    for (String name : weightMap.names()) {
      String shard = weightMap.requireString(name);
      SafetensorsFile file = shards.get(shard);
      if (file == null) {
        file = SafetensorsFile.open(folder.resolve(shard));
        shards.put(shard, file);
      }
      fileOf.put(name, file);
    }
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return fileOf.containsKey(name);
  }

  /** The names of all tensors. */
  public Iterable<String> names() {
    return fileOf.keySet();
  }

  /**
   * Type, shape and place of one tensor.
   *
   * @throws IOException if there is no tensor of this name
   */
  public TensorEntry entry(String name) throws IOException {
    TensorEntry entry = file(name).entries().get(name);
    if (entry == null) {
      throw new IOException("the index names a shard without the tensor " + name);
    }
    return entry;
  }

  /** The bytes of one tensor, mapped into memory. */
  public ByteBuffer bytes(String name) throws IOException {
    return file(name).bytes(name);
  }

  private SafetensorsFile file(String name) throws IOException {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw new IOException("the checkpoint has no tensor " + name);
    }
    return file;
  }
}
