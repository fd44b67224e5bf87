package dev.finetune4j.decision;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the alternatives cost, as far as it is known; what is not set counts as unknown, never as
 * free. All in one currency. Immutable and thread-safe; the builder is not.
 */
public final class CostFigures {
  private final @Nullable Money oneTime;
  private final Map<String, InferencePrice> prices;
  private final Map<String, Money> monthly;

  private CostFigures(Builder builder) {
    oneTime = builder.oneTime;
    prices = new LinkedHashMap<>(builder.prices);
    monthly = new LinkedHashMap<>(builder.monthly);
  }

  /** Returns figures of which nothing is known. */
  public static CostFigures unknown() {
    return builder().build();
  }

  /** Starts with nothing known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns what making the tuned model costs once: training, and what came with it. */
  public Optional<Money> oneTime() {
    return Optional.ofNullable(oneTime);
  }

  /** Returns the token price of an alternative. */
  public Optional<InferencePrice> price(String alternative) {
    return Optional.ofNullable(prices.get(alternative));
  }

  /** Returns what an alternative costs every month without a single request: hosting. */
  public Optional<Money> monthly(String alternative) {
    return Optional.ofNullable(monthly.get(alternative));
  }

  /** Collects the figures. Not thread-safe. */
  public static final class Builder {
    private @Nullable Money oneTime;
    private final Map<String, InferencePrice> prices = new LinkedHashMap<>();
    private final Map<String, Money> monthly = new LinkedHashMap<>();

    private Builder() {}

    /** Sets what making the tuned model costs once. */
    public Builder oneTime(Money cost) {
      oneTime = cost;
      return this;
    }

    /** Sets the token price of an alternative, by the name of its evaluation. */
    public Builder price(String alternative, InferencePrice price) {
      prices.put(alternative, price);
      return this;
    }

    /** Sets the hosting of an alternative for a month; an alternative without it has none. */
    public Builder monthly(String alternative, Money cost) {
      monthly.put(alternative, cost);
      return this;
    }

    /** Returns the figures. */
    public CostFigures build() {
      return new CostFigures(this);
    }
  }
}
