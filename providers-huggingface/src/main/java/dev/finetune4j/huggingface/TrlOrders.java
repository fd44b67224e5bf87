package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.job.TrainingOrder;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.training.FineTuningRequest;
import java.util.List;

/**
 * Turns requests into orders for Hugging Face Jobs: the same job folder as on this machine, its
 * runner, and the packages that it needs. Thread-safe.
 *
 * @param training the recipe
 */
record TrlOrders(TrlTraining training) {
  private static final int LONGEST_START = 55;

  /** Refuses unsupported requests; reads the data once and sends nothing. */
  TrainingOrder order(FineTuningRequest request) {
    training.check(request);
    TrlTraining.requireUsable(request.trainingData());
    request.validationData().ifPresent(TrlTraining::requireUsable);
    return new TrainingOrder(
        request.submissionKey(),
        request.baseModel(),
        result(request),
        training.contents(request),
        TrlScripts.FOLDER + "/" + TrlScripts.RUNNER,
        packages());
  }

  /** Returns the repository name, from the base, the suffix and the key; at most 96 characters. */
  private static String result(FineTuningRequest request) {
    String base = request.baseModel().substring(request.baseModel().lastIndexOf('/') + 1);
    String start = request.suffix().map(suffix -> base + "-" + suffix).orElse(base);
    return shortened(start) + "-" + request.submissionKey();
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.substring(0, Math.min(LONGEST_START, plain.length()));
  }

  private static List<String> packages() {
    return TrlScripts.requirements()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
