package dev.finetune4j.grading;

import java.util.Map;

/** A grader as data: it can be sent away for reinforcement training, stored and compared. */
public sealed interface GraderSpec {

  /** Returns the name of the grader, unique within one request. */
  String name();

  /**
   * Passes when the answer equals the reference.
   *
   * @param name the name of the grader
   * @param referenceField the reference to compare with
   */
  record ExactMatch(String name, String referenceField) implements GraderSpec {}

  /**
   * Scores how like the answer is to the reference.
   *
   * @param name the name of the grader
   * @param referenceField the reference to compare with
   * @param metric the measure, for example {@code rouge_l} or {@code bleu}
   */
  record TextSimilarity(String name, String referenceField, String metric) implements GraderSpec {}

  /**
   * Lets a model give the score.
   *
   * @param name the name of the grader
   * @param judgeModel the model that judges
   * @param rubric what it is told
   * @param minimum the lowest score
   * @param maximum the highest score
   */
  record ModelScore(String name, String judgeModel, String rubric, double minimum, double maximum)
      implements GraderSpec {}

  /**
   * Several graders in one, their scores weighted and added.
   *
   * @param name the name of the grader
   * @param weights the parts with their weights
   */
  record Weighted(String name, Map<GraderSpec, Double> weights) implements GraderSpec {

    /** Copies the map. */
    public Weighted {
      weights = Map.copyOf(weights);
    }
  }
}
