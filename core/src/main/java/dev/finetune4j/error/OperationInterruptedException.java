package dev.finetune4j.error;

import dev.finetune4j.Time;
import java.time.Duration;

/**
 * The calling thread was interrupted while it waited. Its interrupt flag is set again. Jobs and
 * deployments continue; the same call, later, waits for them again. Never retryable: whoever
 * interrupts wants the thread to stop.
 */
public final class OperationInterruptedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private OperationInterruptedException(String message, InterruptedException cause) {
    super(message, cause);
  }

  /** Sets the interrupt flag of this thread again and returns the exception to throw. */
  public static OperationInterruptedException from(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new OperationInterruptedException(
        "The thread was interrupted while it waited. Make the call again to continue.", cause);
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
