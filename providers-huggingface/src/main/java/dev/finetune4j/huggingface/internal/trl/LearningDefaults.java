package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.LearningRateSchedule;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.WeightUpdate;
import java.util.Optional;

/** Defaults for the learning rate and schedule, shared by TRL and AutoTrain. Stateless. */
public final class LearningDefaults {
  private static final double LOW_RANK = 2e-4;
  private static final double FULL = 2e-5;
  private static final double LESS_IF_NOT_SUPERVISED = 20;

  private LearningDefaults() {}

  /** Returns the learning rate of a request, or the default for its method and weight update. */
  public static double rate(FineTuningRequest request) {
    double usual = request.method().weightUpdate() instanceof WeightUpdate.Full ? FULL : LOW_RANK;
    if (request.method().kind() != MethodKind.SUPERVISED) {
      usual /= LESS_IF_NOT_SUPERVISED;
    }
    Optional<LearningRate> wanted = request.method().hyperparameters().learningRate();
    if (wanted.isEmpty()) {
      return usual;
    }
    return wanted.get() instanceof LearningRate.Multiplier multiplier
        ? usual * multiplier.value()
        : wanted.get().value();
  }

  /** Returns the transformers name of the schedule; cosine by default. */
  public static String schedule(Hyperparameters wanted) {
    return switch (wanted.schedule().orElse(LearningRateSchedule.COSINE)) {
      case CONSTANT -> "constant_with_warmup";
      case LINEAR -> "linear";
      case COSINE -> "cosine";
    };
  }
}
