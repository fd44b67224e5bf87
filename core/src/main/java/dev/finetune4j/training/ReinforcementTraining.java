package dev.finetune4j.training;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.spec.GraderSpec;

/**
 * Raises the score that a grader gives to the model's own answers.
 *
 * @param hyperparameters what is not set, the provider chooses
 * @param weightUpdate which weights change
 * @param grader what is raised
 */
public record ReinforcementTraining(
    Hyperparameters hyperparameters, WeightUpdate weightUpdate, GraderSpec grader)
    implements TrainingMethod<PromptExample> {

  /**
   * Returns reinforcement training towards {@code grader} with everything else left to the
   * provider.
   */
  public static ReinforcementTraining towards(GraderSpec grader) {
    return new ReinforcementTraining(
        Hyperparameters.providerDefaults(), WeightUpdate.providerChosen(), grader);
  }

  @Override
  public Class<PromptExample> exampleType() {
    return PromptExample.class;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.REINFORCEMENT;
  }
}
