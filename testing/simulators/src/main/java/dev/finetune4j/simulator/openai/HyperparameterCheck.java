package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hyperparameters of each method and their ranges (reference: "Create"). */
final class HyperparameterCheck {

  private record Range(double low, double high, boolean whole, Set<String> methods) {
    boolean holds(double value) {
      return value >= low && value <= high && (!whole || value == Math.rint(value));
    }
  }

  private static final Set<String> EVERY = Set.of("supervised", "dpo", "reinforcement");
  private static final Set<String> REINFORCEMENT = Set.of("reinforcement");
  private static final Set<String> EFFORTS = Set.of("default", "low", "medium", "high");
  private static final Map<String, Range> RANGES =
      Map.of(
          "batch_size", new Range(1, 256, true, EVERY),
          "learning_rate_multiplier", new Range(Double.MIN_VALUE, 1e6, false, EVERY),
          "n_epochs", new Range(1, 50, true, EVERY),
          "beta", new Range(Double.MIN_VALUE, 2, false, Set.of("dpo")),
          "compute_multiplier", new Range(1.0000001e-5, 10, false, REINFORCEMENT),
          "eval_interval", new Range(1, 1e9, true, REINFORCEMENT),
          "eval_samples", new Range(1, 1e9, true, REINFORCEMENT));

  private final String method;

  HyperparameterCheck(String method) {
    this.method = method;
  }

  void check(JsonObject hyperparameters) throws ErrorResponseException {
    for (Map.Entry<String, @Nullable Object> entry : hyperparameters.asMap().entrySet()) {
      check(entry.getKey(), entry.getValue());
    }
  }

  private void check(String name, @Nullable Object value) throws ErrorResponseException {
    String param = "hyperparameters." + name;
    if (name.equals("reasoning_effort") && method.equals("reinforcement")) {
      if (!EFFORTS.contains(String.valueOf(value))) {
        throw OpenAiErrors.invalid(
            param, null, "'" + value + "' is not one of " + EFFORTS.stream().sorted().toList());
      }
      return;
    }
    Range range = RANGES.get(name);
    if (range == null || !range.methods().contains(method)) {
      throw OpenAiErrors.invalid(
          param, "unknown_parameter", "Unknown parameter: '" + param + "' for " + method + ".");
    }
    if (value == null || value.equals("auto")) {
      return;
    }
    if (!(value instanceof Number number) || !range.holds(number.doubleValue())) {
      throw OpenAiErrors.invalid(
          param, null, "Invalid value for '" + param + "': " + value + " is out of its range.");
    }
  }
}
