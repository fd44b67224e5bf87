package dev.finetune4j.providerkit;

import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.Responsibility;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's circuit breaker is open, so no request was sent. The same call may succeed
 * after {@link #until()}.
 */
public final class CircuitOpenException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Instant until;

  CircuitOpenException(ProviderFailure failure, @Nullable Instant until) {
    super(failure, null);
    this.until = until;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.WAIT;
  }

  /** Returns when the circuit breaker lets requests through again; empty if that is unknown. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
