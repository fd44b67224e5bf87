package dev.finetune4j.report;

import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.TrainingMethod;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that was set, in words, and what the provider was left to choose. */
final class Settings {
  private static final String CHOSEN = "the provider's choice";

  private Settings() {}

  static Map<String, String> of(WorkflowResult result) {
    Map<String, String> settings = new LinkedHashMap<>();
    TrainingMethod<?> method = result.plan().request().method();
    Hyperparameters set = method.hyperparameters();
    settings.put("Run", result.run().value());
    settings.put("Provider", result.provider().value());
    settings.put("Method", method.kind().name().toLowerCase(Locale.ROOT));
    settings.put("Weights", words(method.weightUpdate()));
    settings.put("Epochs", set.epochs().isPresent() ? "" + set.epochs().getAsInt() : CHOSEN);
    settings.put(
        "Batch size", set.batchSize().isPresent() ? "" + set.batchSize().getAsInt() : CHOSEN);
    settings.put("Learning rate", words(set.learningRate()));
    settings.put(
        "Seed",
        result.plan().request().seed().isPresent()
            ? "" + result.plan().request().seed().getAsLong()
            : "none");
    settings.put("Questions at once", "" + result.plan().concurrency());
    settings.putAll(machine());
    return settings;
  }

  /** Returns the versions and the machine that the report was made by. */
  static Map<String, String> machine() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("finetune4j", version());
    settings.put("Java", System.getProperty("java.version", "unknown"));
    settings.put(
        "Machine",
        System.getProperty("os.name", "unknown")
            + " "
            + System.getProperty("os.arch", "")
            + ", "
            + Numbers.count(Runtime.getRuntime().availableProcessors(), "core"));
    return settings;
  }

  /** Returns the version in the manifest; classes that come from no jar have none. */
  private static String version() {
    return Optional.ofNullable(Settings.class.getPackage().getImplementationVersion())
        .orElse("development build");
  }

  private static String words(Optional<LearningRate> rate) {
    if (rate.isEmpty()) {
      return CHOSEN;
    }
    String value = String.valueOf(rate.get().value());
    return rate.get() instanceof LearningRate.Multiplier ? value + " x " + CHOSEN : value;
  }

  private static String words(WeightUpdate update) {
    if (update instanceof WeightUpdate.LowRank lowRank) {
      String modules =
          lowRank.targetModules().isEmpty()
              ? "all linear layers"
              : String.join(", ", lowRank.targetModules());
      return "LoRA of rank "
          + lowRank.rank()
          + ", alpha "
          + lowRank.alpha()
          + ", dropout "
          + lowRank.dropout()
          + ", on "
          + modules;
    }
    return update instanceof WeightUpdate.Full ? "all weights" : CHOSEN;
  }
}
