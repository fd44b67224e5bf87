package dev.finetune4j.providerkit.grader;

import java.util.List;
import java.util.Map;

/**
 * The result of a grader at the service for one answer.
 *
 * @param reward the score
 * @param partRewards the scores of the parts by name, empty unless the grader has parts
 * @param errors the service's names of what went wrong, empty if nothing did
 * @param json the whole answer as it came
 */
public record GraderTrial(
    double reward, Map<String, Double> partRewards, List<String> errors, String json) {

  /** Copies the collections. */
  public GraderTrial {
    partRewards = Map.copyOf(partRewards);
    errors = List.copyOf(errors);
  }
}
