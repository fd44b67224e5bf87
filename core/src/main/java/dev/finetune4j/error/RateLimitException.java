package dev.finetune4j.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too many calls (429): the same call may succeed after {@link #retryAfter()}. */
public final class RateLimitException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Makes the exception.
   *
   * @param failure what is known of the call
   * @param retryAfter how long the provider asks to wait, or null if it does not say
   */
  public RateLimitException(ProviderFailure failure, @Nullable Duration retryAfter) {
    super(failure, null);
    this.retryAfter = retryAfter;
  }

  /** Returns how long the provider asks to wait, empty if it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.WAIT;
  }
}
