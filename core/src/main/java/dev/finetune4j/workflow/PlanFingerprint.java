package dev.finetune4j.workflow;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.training.FineTuningRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash over what a plan would do: a run is resumed only with the plan that it was started with.
 */
final class PlanFingerprint {

  private PlanFingerprint() {}

  static String of(FineTuningPlan plan) {
    FineTuningRequest request = plan.request();
    StringBuilder text = new StringBuilder();
    // The submission key is left out: a run derives its own.
    add(text, request.baseModel());
    add(text, request.method().toString());
    add(text, request.trainingData().fingerprint().toString());
    add(text, request.validationData().map(Dataset::fingerprint).map(Object::toString).orElse(""));
    add(text, request.suffix().orElse(""));
    add(text, request.seed().toString());
    add(text, request.providerOptions().toString());
    add(text, plan.testData().fingerprint().toString());
    add(text, plan.graders().keySet().toString());
    plan.baselines().forEach(baseline -> add(text, baseline.name()));
    add(text, plan.capacity().toString());
    add(text, plan.maximumAnswerTokens().toString());
    return sha256(text.toString());
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void add(StringBuilder text, String part) {
    // The length stands first, so that no two different lists of parts give the same text.
    text.append(part.length()).append(':').append(part).append('\n');
  }
}
