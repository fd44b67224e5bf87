package dev.finetune4j.evaluation;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.inference.TokenUsage;
import java.util.OptionalLong;

/**
 * An estimate of what measuring one alternative takes, made before any request. An alternative that
 * lengthens the prompt, such as few-shot examples, takes more. Immutable and thread-safe.
 *
 * @param questions the number of requests
 * @param promptTokens the prompt tokens of all requests together
 * @param mostCompletionTokens the most tokens that all answers together can have; empty if the
 *     evaluation sets no limit
 * @param isExact whether the prompts were counted with the model's own tokenizer
 */
public record EvaluationEstimate(
    long questions, long promptTokens, OptionalLong mostCompletionTokens, boolean isExact) {

  /**
   * Returns the most that it can cost.
   *
   * @throws IllegalStateException if the answers have no limit
   */
  public Money most(InferencePrice price) {
    return price.of(
        new TokenUsage(
            promptTokens,
            mostCompletionTokens.orElseThrow(
                () ->
                    new IllegalStateException(
                        "Without maximumTokens the length of the answers is unknown: set it, or"
                            + " call cost(price, completionTokens)."))));
  }

  /** Returns the cost if answers have {@code completionTokens} tokens on average. */
  public Money cost(InferencePrice price, double completionTokens) {
    return price.of(
        new TokenUsage(promptTokens, Math.round(completionTokens * (double) questions)));
  }
}
