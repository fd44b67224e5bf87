package dev.finetune4j.local.internal.decoder;

import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Where a decoder takes its tensors from: the base, or leaves of a training graph, with or without
 * low-rank updates.
 *
 * @param tensors the tensor of a name, or null
 * @param updates low-rank updates by the full name of their linear layer
 */
public record Parameters(
    Function<String, @Nullable Tensor> tensors, Map<String, LowRankUpdate> updates) {
  /** The base as it is. */
  public static Parameters of(Weights weights) {
    return of(weights, Map.of());
  }

  /** The base with an adapter. */
  public static Parameters of(Weights weights, Map<String, LowRankUpdate> updates) {
    return new Parameters(weights.all()::get, Map.copyOf(updates));
  }

  Tensor tensor(String name) {
    Tensor tensor = tensors.apply(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no tensor " + name);
    }
    return tensor;
  }

  Linear linear(String module) {
    return new Linear(
        tensor(module + ".weight"), tensors.apply(module + ".bias"), updates.get(module));
  }
}
