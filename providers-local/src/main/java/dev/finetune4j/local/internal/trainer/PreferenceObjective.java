package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Direct preference optimisation: the margin by which the preferred answer is likelier, over the
 * reference's margin.
 *
 * <p>The reference never changes, so its margins are computed once, before training, with the base
 * alone.
 */
final class PreferenceObjective implements Objective {
  private final double beta;
  private final Map<TrainingItem, Float> referenceMargins;

  private PreferenceObjective(double beta, Map<TrainingItem, Float> referenceMargins) {
    this.beta = beta;
    this.referenceMargins = referenceMargins;
  }

  static PreferenceObjective measure(double beta, Decoder reference, List<TrainingItem> items) {
    Map<TrainingItem, Float> margins = new HashMap<>();
    for (TrainingItem item : items) {
      margins.put(
          item, Scope.withoutGradients(() -> Tensors.floats(margins(reference, List.of(item)))[0]));
    }
    return new PreferenceObjective(beta, margins);
  }

  @Override
  public double units(TrainingItem item) {
    return 1;
  }

  @Override
  public Tensor loss(Decoder decoder, List<TrainingItem> items) {
    float[] reference = new float[items.size()];
    for (int i = 0; i < reference.length; i++) {
      reference[i] = referenceMargins.getOrDefault(items.get(i), 0f);
    }
    Tensor advantage = margins(decoder, items).sub(Tensors.ofFloats(reference, reference.length));
    return torch.log_sigmoid(advantage.mul(Tensors.scalar(beta))).sum().neg();
  }

  private static Tensor margins(Decoder decoder, List<TrainingItem> items) {
    Tensor pairs = Objective.logProbabilities(decoder, MicroBatch.of(items)).view(items.size(), 2);
    return pairs.select(1, 0).sub(pairs.select(1, 1));
  }
}
