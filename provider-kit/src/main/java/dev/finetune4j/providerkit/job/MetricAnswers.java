package dev.finetune4j.providerkit.job;

import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps metric names to the names that all providers share; other names stay unchanged. Stateless.
 */
final class MetricAnswers {
  static final String STEP = "step";

  private static final String FULL_VALIDATION_LOSS = "full_valid_loss";
  private static final Map<String, String> NAMES =
      Map.of(
          "train_loss",
          TrainingMetrics.LOSS,
          "valid_loss",
          TrainingMetrics.VALIDATION_LOSS,
          "validation_loss",
          TrainingMetrics.VALIDATION_LOSS,
          "train_accuracy",
          "train_mean_token_accuracy",
          "valid_accuracy",
          "valid_mean_token_accuracy",
          "validation_mean_token_accuracy",
          "valid_mean_token_accuracy");

  private MetricAnswers() {}

  /**
   * Returns the figures of one step; what is not a number is left out.
   *
   * @param step the step to use if the metrics contain none
   */
  static TrainingMetrics read(JsonObject figures, long step) {
    Map<String, Double> values = new LinkedHashMap<>();
    figures
        .asMap()
        .forEach(
            (name, value) -> {
              Double number = number(value);
              if (number != null && !name.equals(STEP)) {
                values.put(NAMES.getOrDefault(name, name), number);
              }
            });
    Double full = values.get(FULL_VALIDATION_LOSS);
    if (full != null) {
      values.putIfAbsent(TrainingMetrics.VALIDATION_LOSS, full);
    }
    Double own = number(figures.asMap().get(STEP));
    return new TrainingMetrics(own == null ? step : own.longValue(), values);
  }

  private static @Nullable Double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.valueOf(text.strip());
      } catch (NumberFormatException noFigure) {
        return null;
      }
    }
    return null;
  }
}
