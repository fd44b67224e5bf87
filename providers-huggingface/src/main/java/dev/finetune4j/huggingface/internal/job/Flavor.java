package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.cost.Money;
import dev.finetune4j.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A type of machine for jobs, with the price that the service reports.
 *
 * @param name its name, such as {@code a10g-large}
 * @param pricePerMinute empty if the service reports it in an unknown unit
 * @param accelerator the GPU or other accelerator; empty for none
 */
public record Flavor(String name, Optional<Money> pricePerMinute, Optional<String> accelerator) {
  private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
  private static final Map<String, BigDecimal> MINUTES =
      Map.of("minute", BigDecimal.ONE, "hour", SECONDS);

  static Flavor of(JsonObject json) {
    BigDecimal minutes =
        MINUTES.get(json.findString("unitLabel").orElse("").toLowerCase(Locale.ROOT));
    // The service quotes some numbers.
    Object cost = json.asMap().get("unitCostUSD");
    Optional<Money> price =
        minutes == null || cost == null || !String.valueOf(cost).matches("[\\d.]+(E-?\\d+)?")
            ? Optional.empty()
            : Optional.of(
                Money.dollars(
                    new BigDecimal(String.valueOf(cost)).divide(minutes, MathContext.DECIMAL64)));
    return new Flavor(
        json.requireString("name"),
        price,
        json.findObject("accelerator").flatMap(card -> card.findString("model")));
  }

  /** Returns the most that a job of this duration can cost; empty if the price is unknown. */
  public Optional<Money> costOf(Duration longest) {
    BigDecimal minutes =
        BigDecimal.valueOf(longest.toSeconds()).divide(SECONDS, MathContext.DECIMAL64);
    return pricePerMinute.map(price -> price.times(minutes));
  }
}
