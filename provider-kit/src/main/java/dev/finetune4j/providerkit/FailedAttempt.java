package dev.finetune4j.providerkit;

import dev.finetune4j.error.ProviderException;
import java.time.Duration;
import java.util.Optional;

/** A failed request: the exception, and whether to retry first. */
final class FailedAttempt extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProviderException failure;
  private final boolean worthAnother;
  private final transient Optional<Duration> asked;

  FailedAttempt(ProviderException failure, boolean worthAnother, Optional<Duration> asked) {
    super(failure);
    this.failure = failure;
    this.worthAnother = worthAnother;
    this.asked = asked;
  }

  /** Returns this failure as one after which another request may succeed. */
  FailedAttempt worthAnother() {
    return new FailedAttempt(failure, true, asked);
  }

  ProviderException failure() {
    return failure;
  }

  boolean isWorthAnother() {
    return worthAnother;
  }

  Optional<Duration> asked() {
    return asked;
  }
}
