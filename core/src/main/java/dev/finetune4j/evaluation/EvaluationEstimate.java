package dev.finetune4j.evaluation;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.inference.TokenUsage;
import java.util.OptionalLong;

/**
 * What measuring one alternative will take, before anything is asked. An alternative that lengthens
 * the prompt, as examples in it do, takes more. Immutable and thread-safe.
 *
 * @param questions how many questions will be asked
 * @param promptTokens the tokens of all of them
 * @param mostCompletionTokens the tokens that all answers can have at most; empty if the evaluation
 *     sets no limit
 * @param isExact whether the prompts were counted as the model counts them
 */
public record EvaluationEstimate(
    long questions, long promptTokens, OptionalLong mostCompletionTokens, boolean isExact) {

  /**
   * Returns what it costs at most.
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
                        "Without maximumTokens the answers can be of any length: set it, or take"
                            + " cost(price, tokens of an answer)."))));
  }

  /** Returns what it costs if an answer has so many tokens on average. */
  public Money cost(InferencePrice price, double completionTokens) {
    return price.of(
        new TokenUsage(promptTokens, Math.round(completionTokens * (double) questions)));
  }
}
