package dev.finetune4j.internal.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with ticks at round numbers.
 *
 * @param low the value at the start
 * @param high the value at the end, above {@code low}
 * @param step the distance between ticks
 */
record Scale(double low, double high, double step) {

  /** Returns a scale that includes both values and has about {@code ticks} ticks. */
  static Scale nice(double minimum, double maximum, int ticks) {
    double from = Math.min(minimum, maximum);
    double to = from == Math.max(minimum, maximum) ? from + 1 : Math.max(minimum, maximum);
    double rough = (to - from) / Math.max(1, ticks);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power * round(rough / power);
    return new Scale(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  private static double round(double fraction) {
    if (fraction <= 1) {
      return 1;
    } else if (fraction <= 2) {
      return 2;
    }
    return fraction <= 5 ? 5 : 10;
  }

  /** Returns the ticks, including both ends. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Maps {@code value} to a position between {@code start} and {@code end}. */
  double place(double value, double start, double end) {
    return start + (value - low) / (high - low) * (end - start);
  }

  /** Formats a tick with thousands separators and the decimal places that the step needs. */
  String label(double tick) {
    int places = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + Math.min(places, 6) + "f", tick + 0.0);
  }
}
