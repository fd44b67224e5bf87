package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import java.time.Duration;
import java.util.Optional;

/**
 * One alternative in one line of a table.
 *
 * @param name the name of its evaluation
 * @param score its score by the grader that decides, with the interval
 * @param promptTokens mean tokens of a question
 * @param completionTokens mean tokens of an answer
 * @param medianLatency median time to an answer
 * @param perThousandRequests the price of a thousand requests, if known
 */
public record AlternativeSummary(
    String name,
    Score score,
    double promptTokens,
    double completionTokens,
    Duration medianLatency,
    Optional<Money> perThousandRequests) {

  static AlternativeSummary of(EvaluationReport report, String grader, CostFigures costs) {
    double promptTokens = report.meanPromptTokens();
    double completionTokens = report.meanCompletionTokens();
    return new AlternativeSummary(
        report.name(),
        report.score(grader),
        promptTokens,
        completionTokens,
        report.medianLatency(),
        costs
            .price(report.name())
            .map(price -> price.perThousandRequests(promptTokens, completionTokens)));
  }

  /** Returns the mean tokens of a request, question and answer together. */
  public double tokensPerRequest() {
    return promptTokens + completionTokens;
  }
}
