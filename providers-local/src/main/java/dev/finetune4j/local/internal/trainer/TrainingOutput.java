package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.CheckpointFolder;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Writes what a training ends with: an adapter, or a whole checkpoint. Stateless. */
final class TrainingOutput {
  private TrainingOutput() {}

  static void write(TrainingSpec spec, BaseModel base, TrainableParameters parameters)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TrainableParameters.Slice slice : parameters.slices()) {
      tensors.put(slice.name(), slice.of(parameters.values()));
    }
    try {
      if (spec.adapter() == null) {
        CheckpointFolder.save(spec.output(), spec.base(), tensors, "F32");
      } else {
        AdapterFolder.save(
            spec.output(), spec.adapter(), base.folder().getFileName().toString(), tensors);
      }
    } finally {
      tensors.values().forEach(Tensors::free);
    }
  }
}
