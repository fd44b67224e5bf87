package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reports with scores chosen by a test. */
public final class MeasuredReports {
  /** The fingerprint of all reports. */
  public static final Fingerprint FINGERPRINT = new Fingerprint("ab".repeat(32));

  private MeasuredReports() {}

  /** Returns a report of samples that passed where {@code outcomes} has a 1. */
  public static EvaluationReport passing(String name, String outcomes) {
    double[] scores = outcomes.chars().mapToDouble(outcome -> outcome - '0').toArray();
    return scoring(name, scores);
  }

  /** Returns a report of samples with these scores by "exact"; 1 passes. */
  public static EvaluationReport scoring(String name, double... scores) {
    return scoring(name, new TokenUsage(100, 20), scores);
  }

  /** Returns a report whose answers took {@code usage} each. */
  public static EvaluationReport scoring(String name, TokenUsage usage, double... scores) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes, test", FINGERPRINT)
            .grader("exact")
            .startedAt(Instant.parse("2026-11-22T12:00:00Z"))
            .wallDuration(Duration.ofSeconds(3));
    for (int i = 0; i < scores.length; i++) {
      report.sample(
          SampleResult.builder(i)
              .prompt("question " + i)
              .reference("answer " + i)
              .answer("answer of " + name)
              .usage(usage)
              .latency(Duration.ofMillis(100 + i))
              .grade("exact", new Grade(scores[i], scores[i] == 1, Optional.empty()))
              .build());
    }
    return report.build();
  }
}
