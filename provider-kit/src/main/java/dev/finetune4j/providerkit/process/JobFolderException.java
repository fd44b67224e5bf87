package dev.finetune4j.providerkit.process;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A job folder cannot be read or written: no space, no permission, or unexpected content. */
public final class JobFolderException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the fact, then the cure
   * @param cause what was caught, or null
   */
  public JobFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static JobFolderException because(String doing, IOException cause) {
    return new JobFolderException(
        doing
            + " failed: "
            + cause
            + ". Look at the free space and the permissions there, then call again.",
        cause);
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.CALLER;
  }
}
