package dev.finetune4j.decision;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Score;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The summary of one alternative, for one row of a table.
 *
 * @param name the name of its evaluation
 * @param score its score by the deciding grader, with the interval
 * @param promptTokens mean tokens of a prompt
 * @param completionTokens mean tokens of an answer
 * @param medianLatency median time to an answer
 * @param perThousandRequests the token price of a thousand requests, if known
 * @param monthly fixed costs per month such as hosting, if known
 */
public record AlternativeSummary(
    String name,
    Score score,
    double promptTokens,
    double completionTokens,
    Duration medianLatency,
    Optional<Money> perThousandRequests,
    Optional<Money> monthly) {

  static AlternativeSummary of(EvaluationReport report, DecisionPolicy policy, CostFigures costs) {
    return new AlternativeSummary(
        report.name(),
        policy
            .clusterTag()
            .map(tag -> report.score(policy.grader(), tag))
            .orElseGet(() -> report.score(policy.grader())),
        report.meanPromptTokens(),
        report.meanCompletionTokens(),
        report.medianLatency(),
        costs.price(report.name()).flatMap(price -> perThousand(price, report)),
        costs.monthly(report.name()));
  }

  /** Returns empty if no tokens were reported, since unknown usage is not free. */
  private static Optional<Money> perThousand(InferencePrice price, EvaluationReport report) {
    long answered = report.samples().size() - report.unanswered();
    boolean free =
        price.perMillionPromptTokens().isZero() && price.perMillionCompletionTokens().isZero();
    if (answered == 0 || (report.totalUsage().total() == 0 && !free)) {
      return Optional.empty();
    }
    Money all = price.of(report.totalUsage()).times(1000);
    BigDecimal each = all.amount().divide(BigDecimal.valueOf(answered), MathContext.DECIMAL64);
    return Optional.of(new Money(each, all.currency()));
  }

  AlternativeSummary times(BigDecimal factor) {
    return new AlternativeSummary(
        name,
        score,
        promptTokens,
        completionTokens,
        medianLatency,
        perThousandRequests.map(price -> price.times(factor)),
        monthly.map(cost -> cost.times(factor)));
  }

  /** Returns the cost of a month with {@code requests}; empty if the price is unknown. */
  public Optional<Money> perMonth(long requests) {
    return perThousandRequests
        .map(price -> price.times(BigDecimal.valueOf(requests).movePointLeft(3)))
        .map(price -> monthly.map(price::plus).orElse(price));
  }

  /** Returns the mean tokens of a request, prompt and completion together. */
  public double tokensPerRequest() {
    return promptTokens + completionTokens;
  }
}
