package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.LearningDefaults;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.WeightUpdate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Converts a request to an AutoTrain configuration. Stateless.
 *
 * <p>The defaults are those for TRL: rank 16 on all linear layers, 3 epochs, 8 examples per update,
 * a learning rate of 2e-4 (2e-5 for full updates; a twentieth of either for preferences) with a
 * cosine schedule after 3% of warm-up, at most 1,024 tokens. AutoTrain packs supervised examples
 * into blocks, so small data sets get shorter blocks. Settings whose AutoTrain defaults differ are
 * always written.
 */
public final class AutoTrainRecipe {
  /** The option that selects a trainer of the method. */
  public static final String TRAINER = "trainer";

  /** The data folder, relative to AutoTrain's working directory. */
  public static final String DATA = "../data";

  private static final int DEFAULT_SEQUENCE = 1_024;
  private static final int SHORTEST_BLOCK = 32;
  // Tokens rarely have more characters than this, so there are enough tokens for two blocks.
  private static final int CHARACTERS_OF_TWO_TOKENS = 16;
  private static final int USUAL_TOKENIZER_LIMIT = 2_048;

  private static final List<String> SUPERVISED = List.of("sft", "generic");
  private static final String NO_SEED = "AutoTrain ignores it and always uses 42.";
  private static final String NO_VALIDATION =
      "AutoTrain cannot validate language models during training.";

  private static final Map<MethodKind, List<String>> TRAINERS =
      Map.of(
          MethodKind.SUPERVISED,
          SUPERVISED,
          MethodKind.PREFERENCE,
          List.of("dpo", "orpo", "reward"));

  private static final Map<String, String> OWNED =
      Map.of(
          "seed", NO_SEED,
          "peft", "The request's weight update determines it.",
          "lora_r", "Use WeightUpdate.lowRank(rank).",
          "eval_strategy", NO_VALIDATION,
          "logging_steps", "Every step is reported.");

  private AutoTrainRecipe() {}

  /**
   * Returns the configuration.
   *
   * @param model how transformers locates the base: the name of a repository, or a folder
   * @param characters the number of characters in all messages
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if AutoTrain does not support the
   *     request
   */
  public static JsonObject of(FineTuningRequest request, String model, long characters) {
    requireSupported(request);
    String trainer = trainer(request);
    JsonObject params = params(request, trainer, characters);
    JsonObject data =
        JsonObject.empty()
            .put("path", DATA)
            .put("train_split", "train")
            .put("valid_split", null)
            .put("chat_template", "tokenizer")
            .put("column_mapping", columns(trainer));
    return JsonObject.empty()
        .put("task", "llm-" + trainer)
        .put("base_model", model)
        .put("project_name", "result")
        .put("log", "none")
        .put("backend", "local")
        .put("data", data)
        .put("params", params);
  }

  private static void requireSupported(FineTuningRequest request) {
    if (!TRAINERS.containsKey(request.method().kind())) {
      throw TrlErrors.unsupported(
          "reinforcement training with AutoTrain", "Use TRL: HuggingFaceProvider.local.");
    }
    if (request.validationData().isPresent()) {
      throw TrlErrors.unsupported(
          "validation data with AutoTrain",
          "AutoTrain fails on language models with a validation split. Remove it and evaluate the"
              + " result, or use TRL.");
    }
    if (request.seed().isPresent()) {
      throw TrlErrors.unsupported("a seed with AutoTrain", NO_SEED);
    }
    if (request.method().hyperparameters().earlyStopPatience().isPresent()) {
      throw TrlErrors.unsupported("an early stop with AutoTrain", NO_VALIDATION);
    }
  }

  private static String trainer(FineTuningRequest request) {
    List<String> fitting = TRAINERS.getOrDefault(request.method().kind(), List.of());
    Object wanted = request.providerOptions().getOrDefault(TRAINER, fitting.get(0));
    String trainer = String.valueOf(wanted);
    if (!fitting.contains(trainer)) {
      throw TrlErrors.unsupported(
          "the trainer \"" + trainer + "\" on these examples", "Use one of " + fitting + ".");
    }
    if (!trainer.equals("dpo")
        && request.method() instanceof PreferenceTraining preference
        && preference.beta().isPresent()) {
      throw TrlErrors.unsupported(
          "a beta for the trainer \"" + trainer + "\"", "Only dpo supports beta. Remove it.");
    }
    return trainer;
  }

  private static JsonObject columns(String trainer) {
    return switch (trainer) {
      case "dpo", "orpo" ->
          JsonObject.empty()
              .put("text_column", "chosen")
              .put("rejected_text_column", "rejected")
              .put("prompt_text_column", "prompt");
      case "reward" ->
          JsonObject.empty().put("text_column", "chosen").put("rejected_text_column", "rejected");
      default -> JsonObject.empty().put("text_column", "messages");
    };
  }

  private static JsonObject params(FineTuningRequest request, String trainer, long characters) {
    Hyperparameters wanted = request.method().hyperparameters();
    int block = block(wanted, trainer, characters);
    JsonObject params =
        JsonObject.empty()
            .put("block_size", block)
            .put("model_max_length", Math.max(USUAL_TOKENIZER_LIMIT, block))
            .put("epochs", wanted.epochs().orElse(3))
            .put("batch_size", wanted.batchSize().orElse(8))
            .put("gradient_accumulation", wanted.gradientAccumulationSteps().orElse(1))
            .put("lr", LearningDefaults.rate(request))
            .put("scheduler", LearningDefaults.schedule(wanted))
            .put("warmup_ratio", wanted.warmupFraction().orElse(0.03))
            .put("logging_steps", 1)
            .put("padding", "right")
            .put("mixed_precision", null)
            .put("quantization", null)
            .putIfPresent("weight_decay", wanted.weightDecay())
            .putIfPresent("max_grad_norm", wanted.maximumGradientNorm());
    if (request.method() instanceof PreferenceTraining preference && !trainer.equals("reward")) {
      params
          .put("max_prompt_length", block - block / 4)
          .putIfPresent("dpo_beta", preference.beta());
    }
    lora(request.method().weightUpdate(), params);
    options(request.providerOptions(), params);
    return params;
  }

  private static int block(Hyperparameters wanted, String trainer, long characters) {
    int longest = wanted.maximumSequenceTokens().orElse(DEFAULT_SEQUENCE);
    if (!SUPERVISED.contains(trainer)) {
      return longest;
    }
    long there = Math.max(SHORTEST_BLOCK, characters / CHARACTERS_OF_TWO_TOKENS);
    return (int) Math.min(longest, Long.highestOneBit(there));
  }

  private static void lora(WeightUpdate update, JsonObject params) {
    boolean full = update instanceof WeightUpdate.Full;
    params.put("peft", !full);
    if (full) {
      return;
    }
    WeightUpdate.LowRank wanted =
        update instanceof WeightUpdate.LowRank lowRank ? lowRank : WeightUpdate.lowRank(16);
    if (wanted.alpha() != Math.rint(wanted.alpha())) {
      throw TrlErrors.unsupported(
          "an alpha of " + wanted.alpha() + " with AutoTrain", "Use a whole number.");
    }
    params
        .put("lora_r", wanted.rank())
        .put("lora_alpha", (long) wanted.alpha())
        .put("lora_dropout", wanted.dropout())
        .put(
            "target_modules",
            wanted.targetModules().isEmpty()
                ? "all-linear"
                : String.join(",", wanted.targetModules()));
  }

  private static void options(Map<String, Object> options, JsonObject params) {
    for (Map.Entry<String, Object> option : options.entrySet()) {
      String name = option.getKey();
      String owned = OWNED.get(name);
      if (name.equals(TRAINER)) {
        continue;
      } else if (owned != null) {
        throw TrlErrors.unsupported("the option \"" + name + "\"", owned);
      }
      AutoTrainKeys.require("params", new TreeSet<>(List.of(name)), AutoTrainKeys.PARAMS);
      params.put(name, option.getValue());
    }
  }
}
