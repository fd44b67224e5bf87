package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The loss to minimise. Immutable and thread-safe. */
interface Objective {
  /** libtorch's constants for the reduction of losses. */
  int SEPARATE = 0;

  int SUMMED = 2;

  /** What an item's loss is divided by, summed over a step: its trained tokens, or one. */
  double units(TrainingItem item);

  /** The sum of the items' losses, each not yet divided by its units. */
  Tensor loss(Decoder decoder, List<TrainingItem> items);

  /** The loss of every row that predicts a trained token, or their sum. */
  static Tensor crossEntropy(Decoder decoder, MicroBatch batch, int reduction) {
    Tensor hidden = decoder.hidden(batch.tokens());
    // Only rows that predict a trained token go through the head, which is the widest layer.
    Tensor rows = hidden.view(-1, hidden.size(2)).index_select(0, batch.rows());
    return torch.cross_entropy_loss(
        decoder.logits(rows), batch.targets(), new TensorOptional(), reduction, -100, 0.0);
  }

  /** The logarithm of the probability of each sequence's trained tokens. */
  static Tensor logProbabilities(Decoder decoder, MicroBatch batch) {
    Tensor losses = crossEntropy(decoder, batch, SEPARATE);
    return Tensors.zeros(batch.sequenceCount()).index_add(0, batch.owners(), losses).neg();
  }

  /** Mean negative log-likelihood of trained tokens. */
  final class Supervised implements Objective {
    @Override
    public double units(TrainingItem item) {
      return item.trainedCount();
    }

    @Override
    public Tensor loss(Decoder decoder, List<TrainingItem> items) {
      return crossEntropy(decoder, MicroBatch.of(items), SUMMED);
    }
  }
}
