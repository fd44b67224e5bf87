package dev.finetune4j.local.internal.adapter;

import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.StoredTensor;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** Writes whole checkpoints that transformers loads: config, tokenizer, weights. Stateless. */
public final class CheckpointFolder {
  private CheckpointFolder() {}

  /**
   * Writes weights beside copies of the base's other files.
   *
   * @param tensors every weight under the name that transformers gives it
   * @param elementType F32, F16 or BF16
   */
  public static void save(Path folder, Path base, Map<String, Tensor> tensors, String elementType)
      throws IOException {
    Files.createDirectories(folder);
    copyDescription(base, folder);
    List<StoredTensor> stored = new ArrayList<>();
    tensors.forEach((name, tensor) -> stored.add(new StoredTensor(name, tensor, elementType)));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), stored);
  }

  /** Writes the base with an adapter's updates added to its weights, as 32-bit floats. */
  public static void merge(BaseModel base, LoadedAdapter adapter, Path folder) throws IOException {
    Map<String, Tensor> merged = new LinkedHashMap<>(base.weights().all());
    List<Tensor> made = new ArrayList<>();
    adapter
        .updates()
        .forEach(
            (module, update) -> {
              Tensor weight = add(base.weights().tensor(module + ".weight"), update);
              made.add(weight);
              merged.put(module + ".weight", weight);
            });
    try {
      save(folder, base.folder(), merged, "F32");
    } finally {
      made.forEach(Tensors::free);
    }
  }

  private static Tensor add(Tensor weight, LowRankUpdate update) {
    return Scope.keep(
        () -> weight.add(update.up().matmul(update.down()), Tensors.scalar(update.scale())));
  }

  private static void copyDescription(Path base, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(base)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        boolean describes =
            name.endsWith(".json") || name.endsWith(".jinja") || name.endsWith(".txt");
        if (describes && !name.endsWith("index.json")) {
          Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
