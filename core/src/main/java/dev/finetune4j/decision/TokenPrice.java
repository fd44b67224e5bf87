package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.math.BigDecimal;

/**
 * What a provider asks for the tokens of a request.
 *
 * @param perMillionPromptTokens for one million tokens of questions
 * @param perMillionCompletionTokens for one million tokens of answers
 */
public record TokenPrice(Money perMillionPromptTokens, Money perMillionCompletionTokens) {

  /** Returns the price of a thousand requests of this average size. */
  public Money perThousandRequests(double promptTokens, double completionTokens) {
    return share(perMillionPromptTokens, promptTokens)
        .plus(share(perMillionCompletionTokens, completionTokens));
  }

  /** A thousand requests of {@code tokens} are {@code tokens} / 1000 of a million. */
  private static Money share(Money perMillion, double tokens) {
    return perMillion.times(BigDecimal.valueOf(tokens).movePointLeft(3));
  }
}
