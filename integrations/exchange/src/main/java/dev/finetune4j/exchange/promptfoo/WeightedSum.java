package dev.finetune4j.exchange.promptfoo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formulas such as {@code 0.7 * exact + 0.3 * style}. Stateless. */
final class WeightedSum {
  private static final Pattern TERM =
      Pattern.compile(
          "(?:(?<before>\\d*\\.?\\d+)\\s*\\*\\s*)?(?<name>[A-Za-z_]\\w*)(?:\\s*\\*\\s*(?<after>\\d*\\.?\\d+))?");

  private WeightedSum() {}

  /** Returns the weights by name, empty if the formula is something else. */
  static Optional<Map<String, Double>> parse(String formula) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String term : formula.split("\\+", -1)) {
      Matcher matcher = TERM.matcher(term.strip());
      if (!matcher.matches()
          || (matcher.group("before") != null && matcher.group("after") != null)) {
        return Optional.empty();
      }
      String number =
          matcher.group("before") == null ? matcher.group("after") : matcher.group("before");
      weights.merge(
          matcher.group("name"), number == null ? 1 : Double.parseDouble(number), Double::sum);
    }
    return Optional.of(weights);
  }
}
