package dev.finetune4j.decision;

import java.util.Locale;

/** Figures as they stand in sentences. */
final class Figures {
  private Figures() {}

  /** Returns a share as {@code 96.7 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Returns a share as {@code 86.7}, without a unit. */
  static String points(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  /** Returns a p-value: three places, or a power of ten where it is below 0.001. */
  static String probability(double value) {
    return String.format(Locale.ROOT, value >= 0.001 ? "%.3f" : "%.1e", value);
  }

  static String plain(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
