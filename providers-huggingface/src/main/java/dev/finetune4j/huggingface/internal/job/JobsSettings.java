package dev.finetune4j.huggingface.internal.job;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How trainings run on Jobs.
 *
 * @param flavor the kind of machine
 * @param timeout after which the service ends a job and all is lost; a job costs no more than that
 * @param image what it runs in; has {@code uv}
 * @param token what a job writes its result with; travels as a secret
 */
public record JobsSettings(String flavor, Duration timeout, String image, Supplier<String> token) {
  /** An image with uv and Python 3.12, and without the CUDA compiler. */
  public static final String IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm";

  /** Checks that there is a time. */
  public JobsSettings {
    if (timeout.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "A job needs a minute at least, and this is " + timeout + ".");
    }
  }
}
