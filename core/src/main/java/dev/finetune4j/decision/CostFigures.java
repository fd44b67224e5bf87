package dev.finetune4j.decision;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The known costs of the alternatives. A cost that is not set is unknown, never free. All amounts
 * have one currency. Immutable and thread-safe; the builder is not.
 */
public final class CostFigures {
  private static final String TRAINING = "training";
  private static final String DATA = "data preparation";
  private static final String HOSTING = "hosting";

  private final Map<String, Money> oneTime;
  private final Map<String, InferencePrice> prices;
  private final Map<String, Map<String, Money>> monthly;

  private CostFigures(Builder builder) {
    oneTime = new LinkedHashMap<>(builder.oneTime);
    prices = new LinkedHashMap<>(builder.prices);
    monthly = new LinkedHashMap<>();
    builder.monthly.forEach((name, items) -> monthly.put(name, new LinkedHashMap<>(items)));
  }

  /** Returns figures without any known cost. */
  public static CostFigures unknown() {
    return builder().build();
  }

  /** Starts without any known cost. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the total one-time cost of the tuned model; empty if the cost of training is unknown.
   */
  public Optional<Money> oneTime() {
    return oneTime.containsKey(TRAINING) ? sum(oneTime) : Optional.empty();
  }

  /** Returns the items of the one-time cost: training, data preparation and others. */
  public Map<String, Money> oneTimeItems() {
    return Collections.unmodifiableMap(oneTime);
  }

  /** Returns the token price of an alternative. */
  public Optional<InferencePrice> price(String alternative) {
    return Optional.ofNullable(prices.get(alternative));
  }

  /** Returns the total fixed cost of an alternative per month. */
  public Optional<Money> monthly(String alternative) {
    return sum(monthlyItems(alternative));
  }

  /** Returns the items of an alternative's fixed cost per month, such as hosting; may be empty. */
  public Map<String, Money> monthlyItems(String alternative) {
    return Collections.unmodifiableMap(monthly.getOrDefault(alternative, Map.of()));
  }

  /** Returns figures with all costs of the tuned model multiplied by {@code factor}. */
  CostFigures withTunedTimes(String tuned, BigDecimal factor) {
    Builder scaled = builder();
    oneTime.forEach((item, cost) -> scaled.oneTime(item, cost.times(factor)));
    prices.forEach(
        (name, price) ->
            scaled.price(
                name,
                name.equals(tuned)
                    ? new InferencePrice(
                        price.perMillionPromptTokens().times(factor),
                        price.perMillionCompletionTokens().times(factor))
                    : price));
    monthly.forEach(
        (name, items) ->
            items.forEach(
                (item, cost) ->
                    scaled.monthly(name, item, name.equals(tuned) ? cost.times(factor) : cost)));
    return scaled.build();
  }

  private static Optional<Money> sum(Map<String, Money> items) {
    return items.values().stream().reduce(Money::plus);
  }

  /** Builds cost figures. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Money> oneTime = new LinkedHashMap<>();
    private final Map<String, InferencePrice> prices = new LinkedHashMap<>();
    private final Map<String, Map<String, Money>> monthly = new LinkedHashMap<>();

    private Builder() {}

    /** Sets the cost of training, including related costs that have no item of their own. */
    public Builder oneTime(Money cost) {
      return oneTime(TRAINING, cost);
    }

    /** Sets the cost of preparing the data: collecting, cleaning and labelling it. */
    public Builder dataPreparation(Money cost) {
      return oneTime(DATA, cost);
    }

    /** Sets another one-time cost of the tuned model. */
    public Builder oneTime(String item, Money cost) {
      oneTime.put(item, cost);
      return this;
    }

    /** Sets the token price of an alternative, by the name of its evaluation. */
    public Builder price(String alternative, InferencePrice price) {
      prices.put(alternative, price);
      return this;
    }

    /** Sets the monthly hosting cost of a baseline; default: no cost. */
    public Builder monthly(String alternative, Money cost) {
      return monthly(alternative, HOSTING, cost);
    }

    /** Sets another fixed monthly cost of an alternative, such as keeping its data fresh. */
    public Builder monthly(String alternative, String item, Money cost) {
      monthly.computeIfAbsent(alternative, name -> new LinkedHashMap<>()).put(item, cost);
      return this;
    }

    /** Returns the figures. */
    public CostFigures build() {
      return new CostFigures(this);
    }
  }
}
