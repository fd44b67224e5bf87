package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.LearningRateSchedule;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.WeightUpdate;
import java.util.Optional;

/** How fast is learnt, the same with every program that trains. Stateless. */
public final class LearningDefaults {
  private static final double LOW_RANK = 2e-4;
  private static final double FULL = 2e-5;
  private static final double LESS_IF_NOT_SUPERVISED = 20;

  private LearningDefaults() {}

  /** Returns the rate that a request asks for, or what is usual for its method and update. */
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

  /** Returns the schedule in the word of transformers; a cosine if none is asked for. */
  public static String schedule(Hyperparameters wanted) {
    return switch (wanted.schedule().orElse(LearningRateSchedule.COSINE)) {
      case CONSTANT -> "constant_with_warmup";
      case LINEAR -> "linear";
      case COSINE -> "cosine";
    };
  }
}
