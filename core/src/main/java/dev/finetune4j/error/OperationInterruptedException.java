package dev.finetune4j.error;

import dev.finetune4j.Time;
import java.time.Duration;

/**
 * The calling thread was interrupted while it waited. Its interrupt flag is set again. Jobs and
 * deployments continue; the same call, later, waits for them again. Never retryable: the thread is
 * meant to stop.
 */
public final class OperationInterruptedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private OperationInterruptedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Sets the interrupt flag of this thread again and returns the exception to throw. */
  public static OperationInterruptedException from(InterruptedException cause) {
    return from(
        "The thread was interrupted while it waited. Make the call again to continue.", cause);
  }

  /**
   * Returns the exception to throw where an interrupt ended a request. The caller has left the
   * interrupt flag set.
   *
   * @param failure what the request reported
   */
  public static OperationInterruptedException from(ProviderException failure) {
    return new OperationInterruptedException(String.valueOf(failure.getMessage()), failure);
  }

  /** As {@link #from(InterruptedException)}, with a message that names what was interrupted. */
  public static OperationInterruptedException from(String message, Throwable cause) {
    Thread.currentThread().interrupt();
    return new OperationInterruptedException(message, cause);
  }

  /** Sleeps by {@code time}; throws this exception if the thread is interrupted. */
  public static void sleep(Time time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw from(e);
    }
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
