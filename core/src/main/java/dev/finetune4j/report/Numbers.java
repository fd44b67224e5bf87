package dev.finetune4j.report;

import dev.finetune4j.cost.Money;
import dev.finetune4j.statistics.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** Formats figures for readers, independent of the default locale. */
final class Numbers {
  private Numbers() {}

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.1f to %.1f", 100 * interval.low(), 100 * interval.high());
  }

  static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }

  /** Returns {@code = 0.0386}, or {@code < 0.0001} below that. */
  static String probability(double value) {
    return value < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", value);
  }

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 0.01 ? "%.2g" : "%.3f", value);
  }

  static String money(Optional<Money> amount) {
    return amount.map(Money::toString).orElse("unknown");
  }

  /** Returns for example {@code 340 ms}, {@code 4.2 s}, {@code 2 min 14 s} or {@code 3 h 5 min}. */
  static String duration(Duration duration) {
    long milliseconds = duration.toMillis();
    if (milliseconds < 1_000) {
      return milliseconds + " ms";
    } else if (milliseconds < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", milliseconds / 1000.0);
    } else if (duration.toMinutes() < 60) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  static String day(Instant moment) {
    return moment.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Returns {@code 1 example} or {@code 2 examples}. */
  static String count(long number, String thing) {
    return whole(number) + " " + thing + (number == 1 ? "" : "s");
  }
}
