package dev.finetune4j.providerkit;

import dev.finetune4j.inference.RateAllowance;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The limits of each model, from {@code x-ratelimit-*} headers, so that a request to a model whose
 * limit is used up waits instead of being refused. It plans nothing: a caller with many questions
 * reads the same figures from {@link RateStatus} and stays below them. Thread-safe.
 *
 * <p>The form of a reset, {@code 6m0s}, {@code 1s}, {@code 20ms}, is that of OpenAI's guide on rate
 * limits; implausible figures, such as Azure sends, are ignored.
 */
final class RateLimits {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final Pattern PIECE = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");

  private final Map<String, Model> models = new ConcurrentHashMap<>();

  /**
   * Remembers what the headers of an answer say.
   *
   * @param model the model that was asked; null for calls that ask no model, which have other
   *     limits
   */
  void learn(@Nullable String model, Headers headers, Instant now) {
    boolean hasRequests = headers.get("x-ratelimit-remaining-requests") != null;
    boolean hasTokens = headers.get("x-ratelimit-remaining-tokens") != null;
    if (model == null || !(hasRequests || hasTokens)) {
      return;
    }
    Model known = models.computeIfAbsent(model, name -> new Model());
    if (hasRequests) {
      known.requests().learn(headers, now);
    }
    if (hasTokens) {
      known.tokens().learn(headers, now);
    }
  }

  /** Returns how long a call must wait that would begin now; zero if it need not. */
  Duration pause(@Nullable String model, Instant now) {
    Model known = model == null ? null : models.get(model);
    if (known == null) {
      return Duration.ZERO;
    }
    Duration first = known.requests().pause(now);
    Duration second = known.tokens().pause(now);
    return first.compareTo(second) > 0 ? first : second;
  }

  /** Returns what the headers of an answer say, for a caller with many questions. */
  static RateStatus status(Headers headers) {
    return new RateStatus(allowance(headers, "requests"), allowance(headers, "tokens"), 0);
  }

  private static Optional<RateAllowance> allowance(Headers headers, String what) {
    Optional<Long> limit = number(headers.get("x-ratelimit-limit-" + what));
    Optional<Long> left = number(headers.get("x-ratelimit-remaining-" + what));
    if (limit.isEmpty() || left.isEmpty()) {
      return Optional.empty();
    }
    Duration untilFull =
        length(headers.get("x-ratelimit-reset-" + what)).orElse(Duration.ofMinutes(1));
    return Optional.of(new RateAllowance(limit.get(), left.get(), untilFull));
  }

  private static Optional<Long> number(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches()
        ? Optional.of(Long.valueOf(text))
        : Optional.empty();
  }

  /** Returns the length of a text like {@code 6m0s}; empty if it is not of that form. */
  static Optional<Duration> length(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    double millis = 0;
    int end = 0;
    Matcher piece = PIECE.matcher(text.strip());
    while (piece.find() && piece.start() == end) {
      millis += Double.parseDouble(piece.group(1)) * millisEach(piece.group(2));
      end = piece.end();
    }
    return end == text.strip().length()
        ? Optional.of(Duration.ofMillis((long) Math.ceil(millis)))
        : Optional.empty();
  }

  private static double millisEach(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  /** The limits of one model. */
  private record Model(Bucket requests, Bucket tokens) {
    Model() {
      this(new Bucket("requests"), new Bucket("tokens"));
    }
  }

  /** One of the things that are limited. */
  private static final class Bucket {
    private final String what;
    private @Nullable Instant emptyUntil;

    Bucket(String what) {
      this.what = what;
    }

    synchronized void learn(Headers headers, Instant now) {
      boolean isEmpty = "0".equals(headers.get("x-ratelimit-remaining-" + what));
      String limit = headers.get("x-ratelimit-limit-" + what);
      boolean isLimit = limit == null || !(limit.startsWith("-") || limit.equals("0"));
      emptyUntil =
          isEmpty && isLimit
              ? length(headers.get("x-ratelimit-reset-" + what)).map(now::plus).orElse(null)
              : null;
    }

    synchronized Duration pause(Instant now) {
      Instant until = emptyUntil;
      return until == null || !until.isAfter(now) ? Duration.ZERO : Duration.between(now, until);
    }
  }
}
