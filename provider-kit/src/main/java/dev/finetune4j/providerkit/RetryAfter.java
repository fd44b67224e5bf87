package dev.finetune4j.providerkit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long a service asks to wait: {@code retry-after-ms}, or {@code Retry-After} as seconds or as
 * a date (RFC 9110, section 10.2.3), or the reset of a used-up {@code RateLimit: "api";r=0;t=189}
 * (IETF draft "RateLimit header fields for HTTP"). Stateless.
 */
public final class RetryAfter {
  private static final Pattern USED_UP = Pattern.compile(";\\s*r=0\\s*;\\s*t=(\\d{1,9})(?!\\d)");

  private RetryAfter() {}

  /** Returns the pause that the headers ask for, empty if they do not; never negative. */
  public static Optional<Duration> in(Headers headers, Instant now) {
    Optional<Duration> millis = number(headers.get("retry-after-ms"), 1);
    if (millis.isPresent()) {
      return millis;
    }
    String value = headers.get("Retry-After");
    Optional<Duration> seconds = number(value, 1_000);
    Optional<Duration> said = seconds.isPresent() ? seconds : date(value, now);
    return said.isPresent() ? said : reset(headers.get("RateLimit"));
  }

  private static Optional<Duration> reset(@Nullable String limit) {
    Matcher usedUp = USED_UP.matcher(limit == null ? "" : limit);
    return usedUp.find() ? number(usedUp.group(1), 1_000) : Optional.empty();
  }

  private static Optional<Duration> number(@Nullable String value, double millisEach) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      double millis = Double.parseDouble(value.strip()) * millisEach;
      return Double.isFinite(millis) && millis >= 0
          ? Optional.of(Duration.ofMillis(Math.round(millis)))
          : Optional.empty();
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(@Nullable String value, Instant now) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
