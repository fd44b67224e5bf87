package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.safetensors.SafetensorsFile;
import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.StoredTensor;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.trainer.TrainingState.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints as folders {@code step-00000120}; a folder of that name is whole, since it is renamed
 * only when it is. Keeps the newest two. For one thread.
 */
final class CheckpointStore {
  private static final int KEPT = 2;
  private static final String PREFIX = "step-";
  private static final String STATE = "state.json";
  private static final String TENSORS = "state.safetensors";

  private final Path directory;
  private final Map<String, String> identity;

  /**
   * Binds the store to a folder, which need not exist.
   *
   * @param identity what must be equal in a checkpoint to resume from it
   */
  CheckpointStore(Path directory, Map<String, String> identity) {
    this.directory = directory;
    this.identity = Map.copyOf(identity);
  }

  /** Writes the state; returns the folder, which is on the disk when this returns. */
  Path save(TrainingState state) throws IOException {
    String name = PREFIX + String.format("%08d", state.progress().step());
    Path target = directory.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    Path draft = directory.resolve(name + ".tmp");
    deleteTree(draft);
    try {
      write(draft, state);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // On a full disk the half of a checkpoint would leave no room to say what happened.
      deleteTree(draft);
    }
    deleteOld();
    return target;
  }

  private void write(Path draft, TrainingState state) throws IOException {
    Files.createDirectories(draft);
    List<StoredTensor> tensors = new ArrayList<>();
    state.tensors().forEach((key, tensor) -> tensors.add(new StoredTensor(key, tensor, "F32")));
    SafetensorsWriter.write(draft.resolve(TENSORS), tensors);
    Files.writeString(draft.resolve(STATE), Json.writeIndented(describe(state.progress())) + "\n");
  }

  /**
   * Brings the state to the newest checkpoint, if there is one.
   *
   * @throws IllegalArgumentException if that checkpoint belongs to another training
   */
  void restore(TrainingState state) throws IOException {
    Path newest = newest();
    if (newest == null) {
      return;
    }
    JsonObject fields = Json.readObject(newest.resolve(STATE));
    for (Map.Entry<String, String> entry : identity.entrySet()) {
      String stored = fields.findString(entry.getKey()).orElse("");
      if (!stored.equals(entry.getValue())) {
        throw new IllegalArgumentException(
            newest
                + " was made with "
                + entry.getKey()
                + " "
                + stored
                + ", and this training has "
                + entry.getValue()
                + ": take another checkpoint folder");
      }
    }
    load(SafetensorsFile.open(newest.resolve(TENSORS)), state);
    state.progress(progress(fields));
  }

  private static void load(SafetensorsFile file, TrainingState state) throws IOException {
    for (Map.Entry<String, Tensor> entry : state.tensors().entrySet()) {
      ByteBuffer bytes = file.bytes(entry.getKey());
      Tensor target = entry.getValue();
      Scope.withoutGradients(() -> target.copy_(Tensors.ofStored(bytes, "F32", target.numel())));
    }
  }

  private Map<String, Object> describe(Progress progress) {
    Map<String, Object> fields = new LinkedHashMap<>(identity);
    fields.put("step", progress.step());
    fields.put("processedTokens", progress.processedTokens());
    putMeasured(fields, "loss", progress.loss());
    putMeasured(fields, "validationLoss", progress.validationLoss());
    putMeasured(fields, "bestValidationLoss", progress.bestValidationLoss());
    fields.put("worseEpochs", progress.worseEpochs());
    return fields;
  }

  private static void putMeasured(Map<String, Object> fields, String key, double value) {
    if (!Double.isNaN(value)) {
      fields.put(key, value);
    }
  }

  private static Progress progress(JsonObject fields) {
    return new Progress(
        fields.requireInt("step"),
        (long) fields.findDouble("processedTokens").orElse(0),
        fields.findDouble("loss").orElse(Double.NaN),
        fields.findDouble("validationLoss").orElse(Double.NaN),
        fields.findDouble("bestValidationLoss").orElse(Double.NaN),
        fields.findInt("worseEpochs").orElse(0));
  }

  private @Nullable Path newest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches(PREFIX + "\\d+"))
          .sorted(Comparator.comparing(folder -> folder.getFileName().toString()))
          .toList();
    }
  }

  private void deleteOld() throws IOException {
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      deleteTree(old);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
