package dev.finetune4j.evaluation;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.inference.TokenUsage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an evaluation below its cost limit: what was paid, and what the questions under way may
 * cost at most. Used by one thread.
 */
final class Spending {
  private final @Nullable Money limit;
  private final @Nullable InferencePrice price;
  private final int maximumTokens;
  private final Map<SampleKey, Money> reserved = new HashMap<>();
  private Money spent;
  private Money promised;
  private long longestAnswer;

  Spending(EvaluationSettings settings) {
    limit = settings.costLimit;
    price = settings.price;
    maximumTokens = settings.maximumTokens.orElse(0);
    spent = limit == null ? Money.zero() : limit.times(BigDecimal.ZERO);
    promised = spent;
  }

  /** Reserves what a question may cost; returns whether it fits below the limit. */
  boolean reserve(Question question) {
    InferencePrice perToken = price;
    if (limit == null || perToken == null) {
      return true;
    }
    Money most = perToken.of(most(question));
    if (spent.plus(promised).plus(most).compareTo(limit) > 0) {
      return false;
    }
    reserved.put(question.key(), most);
    promised = promised.plus(most);
    return true;
  }

  private TokenUsage most(Question question) {
    long prompt = question.tokens() - maximumTokens;
    long answer = maximumTokens > 0 ? maximumTokens : Math.max(longestAnswer, prompt);
    return new TokenUsage(prompt, answer);
  }

  /** Gives back what a question that was not asked had reserved. */
  void release(Question question) {
    release(question.key());
  }

  private void release(SampleKey key) {
    Money most = reserved.remove(key);
    if (most != null) {
      promised = promised.minus(most);
    }
  }

  /** Enters what a sample took, in this run or in one before it. */
  void paid(SampleResult sample) {
    release(sample.key());
    longestAnswer = Math.max(longestAnswer, sample.usage().completionTokens());
    if (limit != null && price != null) {
      spent = spent.plus(price.of(sample.usage()));
    }
  }

  /** Returns why a question was not asked. */
  String reason() {
    return "Not asked: the next question could have cost more than the limit of "
        + limit
        + " leaves; "
        + spent
        + " is spent.";
  }
}
