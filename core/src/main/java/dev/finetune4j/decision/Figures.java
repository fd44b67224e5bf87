package dev.finetune4j.decision;

import java.util.Locale;

/** Formats figures for sentences. */
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

  /** Returns {@code = 0.039}, or {@code < 0.001} below that. */
  static String probability(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", value);
  }

  /** Returns a p-value in full, for the figure behind a sentence. */
  static String exact(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  static String plain(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
