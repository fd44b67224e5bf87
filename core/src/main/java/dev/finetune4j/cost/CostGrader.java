package dev.finetune4j.cost;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.AnswerGrader;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.inference.TokenUsage;
import java.util.Objects;

/** Passes an answer that cost no more than a limit. Immutable and thread-safe. */
public final class CostGrader implements AnswerGrader {
  private final InferencePrice price;
  private final Money limit;

  private CostGrader(InferencePrice price, Money limit) {
    this.price = Objects.requireNonNull(price, "price");
    this.limit = Objects.requireNonNull(limit, "limit");
  }

  /** Returns a grader that passes what costs at most {@code limit} an answer. */
  public static CostGrader within(InferencePrice price, Money limit) {
    return new CostGrader(price, limit);
  }

  @Override
  public String name() {
    return "cost";
  }

  /**
   * Judges by the tokens that the server reported.
   *
   * @throws IllegalStateException if it reported none
   */
  @Override
  public Grade grade(PromptExample example, SampledAnswer answer) {
    if (answer.usage().equals(TokenUsage.NONE)) {
      throw new IllegalStateException("The server did not report its token usage.");
    }
    Money cost = price.of(answer.usage());
    return cost.compareTo(limit) <= 0
        ? Grade.pass()
        : Grade.fail(
            "It cost "
                + cost.amount().toPlainString()
                + " "
                + cost.currency()
                + "; the limit is "
                + limit.amount().toPlainString()
                + ".");
  }
}
