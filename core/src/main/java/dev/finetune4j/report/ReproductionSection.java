package dev.finetune4j.report;

import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.TrainingMethod;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The duration of each step and everything needed to reproduce the run. */
final class ReproductionSection {
  private static final String CHOSEN = "the provider's choice";

  private ReproductionSection() {}

  static Page.Section of(WorkflowResult result, String command) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            List.of("Step", "#Time"),
            result.durations().stream()
                .map(
                    step ->
                        List.of(
                            step.step().name().toLowerCase(Locale.ROOT),
                            Numbers.duration(step.duration())))
                .toList()));
    blocks.add(
        new Block.Table(
            List.of("Setting", "Value"),
            settings(result).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    if (!command.isEmpty()) {
      blocks.add(new Block.Paragraph("The command that reproduces this run:"));
      blocks.add(new Block.Listing(command));
    }
    return new Page.Section("Steps and reproduction", blocks);
  }

  /** Returns all settings of a run, including those left to the provider. */
  static Map<String, String> settings(WorkflowResult result) {
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
    settings.put("Concurrency", "" + result.plan().concurrency());
    settings.putAll(machine());
    return settings;
  }

  /** Returns the software versions and the machine that made the report. */
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

  /** Returns the version in the manifest, which only a jar has. */
  private static String version() {
    return Optional.ofNullable(ReproductionSection.class.getPackage().getImplementationVersion())
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
      return "LoRA of rank %s, alpha %s, dropout %s, on %s"
          .formatted(lowRank.rank(), lowRank.alpha(), lowRank.dropout(), modules);
    }
    return update instanceof WeightUpdate.Full ? "all weights" : CHOSEN;
  }
}
