package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.decoder.Dropout;
import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One replica of the model: leaves that share the trainable numbers but gather gradients of their
 * own. For one thread.
 */
final class Lane implements AutoCloseable {
  private final Tensor gradient;
  private final Map<String, Tensor> leaves = new HashMap<>();
  private final Dropout dropout;
  private final Decoder decoder;

  Lane(BaseModel base, TrainableParameters trainable, @Nullable LowRankSettings adapter) {
    gradient = Scope.keep(() -> Tensors.zeros(trainable.count()));
    for (TrainableParameters.Slice slice : trainable.slices()) {
      leaves.put(slice.name(), leaf(slice, trainable));
    }
    dropout = new Dropout(adapter == null ? 0 : adapter.dropout());
    decoder = base.decoder(parameters(base, adapter));
  }

  private Tensor leaf(TrainableParameters.Slice slice, TrainableParameters trainable) {
    return Scope.get(
        () -> {
          Tensor leaf = Tensors.kept(slice.of(trainable.values()).detach());
          leaf.requires_grad_(true);
          // Where a gradient exists already, libtorch adds to it in place: so it lands in the flat
          // one.
          leaf.mutable_grad().put(slice.of(gradient));
          return leaf;
        });
  }

  private Parameters parameters(BaseModel base, @Nullable LowRankSettings adapter) {
    if (adapter == null) {
      return new Parameters(leaves::get, Map.of());
    }
    Map<String, LowRankUpdate> updates = new HashMap<>();
    leaves.forEach(
        (name, leaf) -> {
          if (name.endsWith(TrainableParameters.DOWN)) {
            String module = name.substring(0, name.length() - TrainableParameters.DOWN.length());
            Tensor up = leaves.get(module + TrainableParameters.UP);
            if (up != null) {
              updates.put(module, new LowRankUpdate(leaf, up, adapter.scale(), dropout));
            }
          }
        });
    return Parameters.of(base.weights(), updates);
  }

  /** Adds the gradient of the items' loss over {@code units}, and returns that loss. */
  double learn(Objective objective, List<TrainingItem> items, double units, long dropoutSeed) {
    dropout.start(dropoutSeed);
    return Scope.get(
        () -> {
          Tensor loss = objective.loss(decoder, items).div(Tensors.scalar(units));
          loss.backward();
          return (double) Tensors.number(loss);
        });
  }

  /** The items' loss, without learning from it. */
  double measure(Objective objective, List<TrainingItem> items) {
    dropout.stop();
    return Scope.withoutGradients(() -> (double) Tensors.number(objective.loss(decoder, items)));
  }

  void clear() {
    gradient.zero_();
  }

  Tensor gradient() {
    return gradient;
  }

  @Override
  public void close() {
    leaves.values().forEach(Tensors::free);
    Tensors.free(gradient);
  }
}
