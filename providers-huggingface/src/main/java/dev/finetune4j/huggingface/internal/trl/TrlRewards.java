package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.GraderSpecJson;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.stream.Collectors;

/**
 * Converts graders to rewards of TRL's GRPO: text comparisons, the caller's Python code, and
 * formulas of several graders. Stateless.
 */
final class TrlRewards {

  private TrlRewards() {}

  /**
   * Returns the grader in the format of the runner.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if it or a part cannot be used as a
   *     reward
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
          "reinforcement with a grader of type " + grader.getClass().getSimpleName(),
          "Use GraderSpec.StringCheck, for example GraderSpec.exactMatch,"
              + " GraderSpec.PythonCode, or both in GraderSpec.Multi.");
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
          "The grader \"" + multi.name() + "\" cannot be used as a reward: " + e.getMessage());
    }
  }
}
