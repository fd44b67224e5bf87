package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything that changes between steps; the contents of a checkpoint. For the training thread
 * only.
 */
final class TrainingState implements AutoCloseable {
  /** The scalar part; NaN means not measured yet. */
  record Progress(
      int step,
      long processedTokens,
      double loss,
      double validationLoss,
      double bestValidationLoss,
      int worseEpochs) {
    static Progress start() {
      return new Progress(0, 0, Double.NaN, Double.NaN, Double.NaN, 0);
    }

    Progress afterStep(double newLoss, long newTokens) {
      return new Progress(
          step + 1,
          processedTokens + newTokens,
          newLoss,
          validationLoss,
          bestValidationLoss,
          worseEpochs);
    }

    boolean isImprovedBy(double newLoss) {
      return Double.isNaN(bestValidationLoss) || newLoss < bestValidationLoss;
    }

    Progress afterValidation(double newLoss) {
      return isImprovedBy(newLoss)
          ? new Progress(step, processedTokens, loss, newLoss, newLoss, 0)
          : new Progress(step, processedTokens, loss, newLoss, bestValidationLoss, worseEpochs + 1);
    }
  }

  private final TrainableParameters parameters;
  private final AdamW optimizer;
  private final Tensor best;
  private Progress progress = Progress.start();

  /**
   * Starts at step 0.
   *
   * @param keepsBest whether the weights of the best epoch are kept beside the current ones
   */
  TrainingState(TrainableParameters parameters, double weightDecay, boolean keepsBest) {
    this.parameters = parameters;
    this.optimizer = new AdamW(parameters, weightDecay);
    this.best = Scope.keep(() -> Tensors.zeros(keepsBest ? parameters.count() : 0));
  }

  TrainableParameters parameters() {
    return parameters;
  }

  AdamW optimizer() {
    return optimizer;
  }

  Progress progress() {
    return progress;
  }

  void progress(Progress next) {
    progress = next;
  }

  /** Records a validation loss, and keeps the weights if they are the best so far. */
  void validated(double loss) {
    if (progress.isImprovedBy(loss) && best.numel() > 0) {
      Scope.withoutGradients(() -> best.copy_(parameters.values()));
    }
    progress = progress.afterValidation(loss);
  }

  /** Restores the weights of the best epoch, if they were kept. */
  void restoreBest() {
    if (best.numel() > 0 && !Double.isNaN(progress.bestValidationLoss())) {
      Scope.withoutGradients(() -> parameters.values().copy_(best));
    }
  }

  /** Every tensor of the state by the name it has in a checkpoint. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("values", parameters.values());
    tensors.put("optimizer.mean", optimizer.mean());
    tensors.put("optimizer.square", optimizer.square());
    if (best.numel() > 0) {
      tensors.put("best", best);
    }
    return tensors;
  }

  @Override
  public void close() {
    optimizer.close();
    Tensors.free(best);
  }
}
