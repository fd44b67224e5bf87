package dev.finetune4j.evaluation;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.inference.TokenUsage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an evaluation below its cost limit by tracking what was paid and the most that the requests
 * in flight may cost. Used by one thread.
 */
final class CostGuard {
  private final @Nullable Money limit;
  private final @Nullable InferencePrice price;
  private final int maximumTokens;
  private final Map<SampleKey, Money> reserved = new HashMap<>();
  private Money spent;
  private Money reservedTotal;
  private long longestAnswer;

  CostGuard(EvaluationSettings settings) {
    limit = settings.costLimit;
    price = settings.price;
    maximumTokens = settings.maximumTokens.orElse(0);
    spent = limit == null ? Money.zero() : limit.times(BigDecimal.ZERO);
    reservedTotal = spent;
  }

  /** Reserves the most that a question may cost, and returns false if that exceeds the limit. */
  boolean reserve(Question question) {
    InferencePrice perToken = price;
    if (limit == null || perToken == null) {
      return true;
    }
    Money most = perToken.of(most(question));
    if (spent.plus(reservedTotal).plus(most).compareTo(limit) > 0) {
      return false;
    }
    reserved.put(question.key(), most);
    reservedTotal = reservedTotal.plus(most);
    return true;
  }

  private TokenUsage most(Question question) {
    long prompt = question.tokens() - maximumTokens;
    long answer = maximumTokens > 0 ? maximumTokens : Math.max(longestAnswer, prompt);
    return new TokenUsage(prompt, answer);
  }

  /** Releases what was reserved for a question that was not asked after all. */
  void release(SampleKey key) {
    Money most = reserved.remove(key);
    if (most != null) {
      reservedTotal = reservedTotal.minus(most);
    }
  }

  /** Records the cost of a sample of this run or an earlier one. */
  void paid(SampleResult sample) {
    release(sample.key());
    longestAnswer = Math.max(longestAnswer, sample.usage().completionTokens());
    if (limit != null && price != null) {
      spent = spent.plus(price.of(sample.usage()));
    }
  }

  /** Returns why a question was not asked. */
  String reason() {
    return "Not asked: the next question could exceed the cost limit of %s; %s was spent."
        .formatted(limit, spent);
  }
}
