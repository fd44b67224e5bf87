package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** AdamW over one flat tensor, with betas 0.9 and 0.999 and epsilon 1e-8. For one thread. */
final class AdamW implements AutoCloseable {
  private static final double FIRST_BETA = 0.9;
  private static final double SECOND_BETA = 0.999;
  private static final double EPSILON = 1e-8;

  private final TrainableParameters parameters;
  private final double weightDecay;
  private final Tensor mean;
  private final Tensor square;

  AdamW(TrainableParameters parameters, double weightDecay) {
    this.parameters = parameters;
    this.weightDecay = weightDecay;
    this.mean = Scope.keep(() -> Tensors.zeros(parameters.count()));
    this.square = Scope.keep(() -> Tensors.zeros(parameters.count()));
  }

  /**
   * Updates the parameters.
   *
   * @param step the number of this step, counted from 1
   */
  void step(Tensor gradient, int step, double learningRate) {
    Scope.withoutGradients(
        () -> {
          Tensor values = parameters.values();
          if (weightDecay > 0) {
            values
                .narrow(0, 0, parameters.decayedCount())
                .mul_(Tensors.scalar(1 - learningRate * weightDecay));
          }
          mean.lerp_(gradient, Tensors.scalar(1 - FIRST_BETA));
          square
              .mul_(Tensors.scalar(SECOND_BETA))
              .addcmul_(gradient, gradient, Tensors.scalar(1 - SECOND_BETA));
          double meanCorrection = 1 - Math.pow(FIRST_BETA, step);
          double squareCorrection = Math.sqrt(1 - Math.pow(SECOND_BETA, step));
          Tensor root =
              square.sqrt().div_(Tensors.scalar(squareCorrection)).add_(Tensors.scalar(EPSILON));
          return values.addcdiv_(mean, root, Tensors.scalar(-learningRate / meanCorrection));
        });
  }

  Tensor mean() {
    return mean;
  }

  Tensor square() {
    return square;
  }

  @Override
  public void close() {
    Tensors.free(mean);
    Tensors.free(square);
  }
}
