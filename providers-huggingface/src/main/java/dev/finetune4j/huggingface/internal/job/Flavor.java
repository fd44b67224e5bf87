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
 * A kind of machine that jobs run on, with its price as the service says it.
 *
 * @param name as in an order, {@code a10g-large}
 * @param pricePerMinute empty where the service counts in another unit than it names
 * @param accelerator the graphics card or the like; empty for none
 */
public record Flavor(String name, Optional<Money> pricePerMinute, Optional<String> accelerator) {
  private static final BigDecimal SECONDS = BigDecimal.valueOf(60);
  private static final Map<String, BigDecimal> MINUTES =
      Map.of("minute", BigDecimal.ONE, "hour", SECONDS);

  static Flavor of(JsonObject json) {
    BigDecimal minutes =
        MINUTES.get(json.findString("unitLabel").orElse("").toLowerCase(Locale.ROOT));
    // Some figures of the service are numbers in quotes.
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

  /** Returns what a job costs at most that may run so long; empty if the price is unknown. */
  public Optional<Money> costOf(Duration longest) {
    BigDecimal minutes =
        BigDecimal.valueOf(longest.toSeconds()).divide(SECONDS, MathContext.DECIMAL64);
    return pricePerMinute.map(price -> price.times(minutes));
  }
}
