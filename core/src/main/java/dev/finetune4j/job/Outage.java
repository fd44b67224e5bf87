package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time in which a provider does not answer, which a wait of hours outlives. Not thread-safe. */
final class Outage {

  /** How long a provider may not answer before a wait ends with its last failure. */
  static final Duration MAXIMUM = Duration.ofMinutes(15);

  private @Nullable Instant since;
  private Duration askedToWait = Duration.ZERO;

  /** Returns if {@code failure} may pass by itself, and throws it if not, or not soon enough. */
  void tolerate(FineTuningException failure, Instant now) {
    if (since == null) {
      since = now;
    }
    if (!failure.isRetryable() || Duration.between(since, now).compareTo(MAXIMUM) >= 0) {
      throw failure;
    }
    askedToWait =
        failure instanceof RateLimitException limit
            ? limit.retryAfter().orElse(Duration.ZERO)
            : Duration.ZERO;
  }

  /** The provider answered. */
  void end() {
    since = null;
    askedToWait = Duration.ZERO;
  }

  /** Returns {@code pause}, or what the provider asked for if that is longer. */
  Duration pauseAtLeast(Duration pause) {
    return pause.compareTo(askedToWait) < 0 ? askedToWait : pause;
  }
}
