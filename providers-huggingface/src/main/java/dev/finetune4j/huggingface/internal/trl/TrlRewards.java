package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.grading.GraderSpec;
import dev.finetune4j.grading.GraderSpecJson;
import dev.finetune4j.grading.LocalGraders;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.stream.Collectors;

/**
 * The graders that can be the reward of TRL's GRPO: comparisons of texts, code of the caller's in
 * Python, and several of them by a formula. Stateless.
 */
final class TrlRewards {

  private TrlRewards() {}

  /**
   * Returns the grader as the runner reads it.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if it, or a part, cannot be run
   */
  static JsonObject of(GraderSpec grader) {
    requireRunnable(grader);
    return Json.parseObject(GraderSpecJson.write(grader));
  }

  private static void requireRunnable(GraderSpec grader) {
    if (grader instanceof GraderSpec.Multi multi) {
      multi.graders().values().forEach(TrlRewards::requireRunnable);
      requireFormula(multi);
    } else if (!(grader instanceof GraderSpec.StringCheck)
        && !(grader instanceof GraderSpec.PythonCode)) {
      throw TrlErrors.unsupported(
          "training towards a grader of the kind " + grader.getClass().getSimpleName(),
          "As a reward it can run GraderSpec.StringCheck, for example GraderSpec.exactMatch,"
              + " GraderSpec.PythonCode, and both in GraderSpec.Multi.");
    }
  }

  private static void requireFormula(GraderSpec.Multi multi) {
    GraderSpec.Multi plain =
        new GraderSpec.Multi(
            multi.name(),
            multi.graders().keySet().stream()
                .collect(
                    Collectors.toMap(name -> name, name -> GraderSpec.exactMatch(name, "answer"))),
            multi.formula());
    try {
      LocalGraders.withoutJudges().of(plain);
    } catch (IllegalArgumentException e) {
      throw TrlErrors.invalid(
          "The grader \"" + multi.name() + "\" is no reward: " + e.getMessage());
    }
  }
}
