package dev.finetune4j.cost;

import dev.finetune4j.inference.TokenUsage;
import java.math.BigDecimal;

/**
 * What asking a model costs, by the token.
 *
 * @param perMillionPromptTokens for a million tokens of questions
 * @param perMillionCompletionTokens for a million tokens of answers
 */
public record InferencePrice(Money perMillionPromptTokens, Money perMillionCompletionTokens) {
  private static final BigDecimal ONE_MILLIONTH = new BigDecimal("0.000001");

  /** Returns what {@code usage} costs. */
  public Money of(TokenUsage usage) {
    Money prompts = perMillionPromptTokens.times(usage.promptTokens());
    Money completions = perMillionCompletionTokens.times(usage.completionTokens());
    return prompts.plus(completions).times(ONE_MILLIONTH);
  }
}
