package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.WeightUpdate;
import java.util.Map;
import java.util.Optional;

/**
 * Converts a request to the JSON recipe that the TRL runner reads. Stateless.
 *
 * <p>Defaults: a low-rank adapter of rank 16 on all linear layers, 3 epochs, 8 examples per update,
 * a learning rate of 2e-4 (2e-5 for full updates; a twentieth of either for preferences and
 * reinforcement) with a cosine schedule after 3% of warm-up, sequences of at most 1,024 tokens, a
 * checkpoint every 50 steps, seed 42.
 */
public final class TrlRecipe {
  private static final int DEFAULT_BATCH = 8;
  private static final int DEFAULT_EPOCHS = 3;
  private static final int MOST_ANSWERS = 8;
  private static final int DEFAULT_RANK = 16;
  private static final int DEFAULT_CHECKPOINT_STEPS = 50;
  private static final int DEFAULT_SEQUENCE = 1_024;
  private static final long DEFAULT_SEED = 42;
  private static final double DEFAULT_WARMUP = 0.03;
  // A value below 1 is a fraction of all steps, otherwise a number of steps (transformers 5).
  private static final double WHOLE_SHARE = 0.999_999;

  private TrlRecipe() {}

  /**
   * Returns the recipe.
   *
   * @param model how transformers locates the base: the name of a repository, or a folder
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if TRL does not support the request
   */
  public static JsonObject of(FineTuningRequest request, String model) {
    String trainer = trainer(request.method().kind());
    JsonObject recipe =
        JsonObject.empty()
            .put("trainer", trainer)
            .put("model", model)
            .put("arguments", arguments(request));
    lora(request.method().weightUpdate(), recipe);
    request
        .method()
        .hyperparameters()
        .earlyStopPatience()
        .ifPresent(patience -> recipe.put("early_stop_patience", patience));
    if (request.method() instanceof ReinforcementTraining reinforcement) {
      recipe.put("grader", TrlRewards.of(reinforcement.grader()));
    }
    TrlOptions.merge(request.providerOptions(), trainer, recipe);
    return recipe;
  }

  /** Returns the flags of accelerate's launcher, empty for a single process. */
  public static Optional<JsonObject> launch(FineTuningRequest request) {
    Object wanted = request.providerOptions().get(TrlOptions.ACCELERATE);
    if (wanted == null) {
      return Optional.empty();
    }
    if (!(wanted instanceof Map<?, ?> flags)) {
      throw TrlErrors.invalid(
          "The option \"accelerate\" must be a map of the launcher's flags without hyphens, for"
              + " example {\"num_processes\": 2} or {\"config_file\": \"...\"}.");
    }
    return Optional.of(JsonObject.of(flags));
  }

  private static String trainer(MethodKind kind) {
    return switch (kind) {
      case SUPERVISED -> "sft";
      case PREFERENCE -> "dpo";
      case REINFORCEMENT -> "grpo";
    };
  }

  private static JsonObject arguments(FineTuningRequest request) {
    Hyperparameters wanted = request.method().hyperparameters();
    JsonObject arguments =
        JsonObject.empty()
            .put("num_train_epochs", wanted.epochs().orElse(DEFAULT_EPOCHS))
            .put("per_device_train_batch_size", wanted.batchSize().orElse(DEFAULT_BATCH))
            .put("gradient_accumulation_steps", wanted.gradientAccumulationSteps().orElse(1))
            .put("learning_rate", LearningDefaults.rate(request))
            .put("lr_scheduler_type", LearningDefaults.schedule(wanted))
            .put(
                "warmup_steps",
                Math.min(WHOLE_SHARE, wanted.warmupFraction().orElse(DEFAULT_WARMUP)))
            .put("save_steps", DEFAULT_CHECKPOINT_STEPS)
            .put("seed", request.seed().orElse(DEFAULT_SEED))
            .putIfPresent("weight_decay", wanted.weightDecay())
            .putIfPresent("max_grad_norm", wanted.maximumGradientNorm());
    int longest = wanted.maximumSequenceTokens().orElse(DEFAULT_SEQUENCE);
    if (request.method().kind() == MethodKind.REINFORCEMENT) {
      arguments.put("max_completion_length", Math.min(longest, 256));
      arguments.put("num_generations", answersPerPrompt(wanted));
    } else {
      arguments.put("max_length", longest);
    }
    if (request.method().kind() == MethodKind.SUPERVISED) {
      arguments.put("completion_only_loss", true).put("packing", false);
    }
    if (request.method() instanceof PreferenceTraining preference) {
      arguments.putIfPresent("beta", preference.beta());
    }
    wanted.earlyStopPatience().ifPresent(patience -> putEarlyStop(arguments));
    return arguments;
  }

  /**
   * Returns how many answers per prompt are compared: the largest divisor of the batch size up to
   * 8.
   */
  private static int answersPerPrompt(Hyperparameters wanted) {
    int batch =
        wanted.batchSize().orElse(DEFAULT_BATCH) * wanted.gradientAccumulationSteps().orElse(1);
    for (int count = MOST_ANSWERS; count > 1; count--) {
      if (batch % count == 0) {
        return count;
      }
    }
    throw TrlErrors.invalid(
        "Reinforcement compares 2 to 8 answers per prompt, but a batch of "
            + batch
            + " cannot be divided so. Use a batch size of 8, or another multiple of 2, 3, 5 or 7.");
  }

  private static void putEarlyStop(JsonObject arguments) {
    arguments
        .put("eval_strategy", "epoch")
        .put("save_strategy", "epoch")
        .put("load_best_model_at_end", true)
        .put("metric_for_best_model", "eval_loss")
        .put("greater_is_better", false);
  }

  private static void lora(WeightUpdate update, JsonObject recipe) {
    if (update instanceof WeightUpdate.Full) {
      return;
    }
    WeightUpdate.LowRank wanted =
        update instanceof WeightUpdate.LowRank lowRank
            ? lowRank
            : WeightUpdate.lowRank(DEFAULT_RANK);
    recipe.put(
        "lora",
        JsonObject.empty()
            .put("r", wanted.rank())
            .put("lora_alpha", wanted.alpha())
            .put("lora_dropout", wanted.dropout())
            .put(
                "target_modules",
                wanted.targetModules().isEmpty() ? "all-linear" : wanted.targetModules()));
  }
}
