package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tracks a temporary failure of a provider, which a wait tolerates. Not thread-safe. */
final class Outage {

  /** How long an outage may last before the wait ends with its last failure. */
  static final Duration MAXIMUM = Duration.ofMinutes(15);

  private @Nullable Instant since;
  private Duration askedToWait = Duration.ZERO;

  /** Throws {@code failure} unless it is temporary and the outage is short enough. */
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

  /** Ends the outage: the provider answered. */
  void end() {
    since = null;
    askedToWait = Duration.ZERO;
  }

  /** Returns {@code pause}, or the pause that the provider asked for if that is longer. */
  Duration pauseAtLeast(Duration pause) {
    return pause.compareTo(askedToWait) < 0 ? askedToWait : pause;
  }
}
