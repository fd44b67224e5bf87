package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.safetensors.TensorEntry;
import dev.finetune4j.local.internal.safetensors.WeightFolder;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A decoder's tensors by name, as 32-bit floats. May be read by several threads; holds native
 * memory until closed.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, Tensor> tensors;

  /** Takes ownership of tensors that outlive the caller's scope. */
  public Weights(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Loads the tensors that the configuration requires.
   *
   * @throws IOException if a file cannot be read or a tensor is missing
   * @throws IllegalArgumentException if a tensor has another shape, or an unknown tensor is present
   */
  public static Weights load(Path folder, DecoderConfiguration configuration) throws IOException {
    WeightFolder stored = WeightFolder.open(folder);
    Map<String, long[]> shapes = ParameterNames.shapes(configuration);
    refuseUnknown(stored, shapes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> expected : shapes.entrySet()) {
      tensors.put(expected.getKey(), load(stored, expected.getKey(), expected.getValue()));
    }
    return new Weights(tensors);
  }

  private static void refuseUnknown(WeightFolder stored, Map<String, long[]> shapes) {
    for (String name : stored.names()) {
      boolean harmless = name.endsWith("rotary_emb.inv_freq") || name.equals(ParameterNames.HEAD);
      if (!harmless && !shapes.containsKey(name)) {
        throw new IllegalArgumentException(
            "the checkpoint has a tensor "
                + name
                + " that a Llama-style decoder of its config.json has no place for");
      }
    }
  }

  private static Tensor load(WeightFolder stored, String name, long[] shape) throws IOException {
    TensorEntry entry = stored.entry(name);
    if (!Arrays.equals(entry.dimensions(), shape)) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + " has the shape "
              + entry.shape()
              + ", and config.json says "
              + Arrays.toString(shape));
    }
    ByteBuffer bytes = stored.bytes(name);
    return Scope.keep(() -> Tensors.ofStored(bytes, entry.elementType(), shape));
  }

  /** The tensor of this name. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return tensor;
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** All tensors, in the order of a forward pass. */
  public Map<String, Tensor> all() {
    return tensors;
  }

  /** The number of parameters. */
  public long parameterCount() {
    return tensors.values().stream().mapToLong(Tensor::numel).sum();
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensors::free);
  }
}
