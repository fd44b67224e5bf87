package dev.finetune4j.huggingface.internal.job;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Settings of training jobs.
 *
 * @param flavor the machine
 * @param timeout the time after which the service ends a job, which limits its cost; unfinished
 *     work is lost
 * @param image the Docker image, which contains {@code uv}
 * @param token supplies the token with which a job uploads its result; passed as a secret
 */
public record JobsSettings(String flavor, Duration timeout, String image, Supplier<String> token) {
  /** An image with uv and Python 3.12, without the CUDA compiler. */
  public static final String IMAGE = "ghcr.io/astral-sh/uv:python3.12-bookworm";

  /** Checks the timeout. */
  public JobsSettings {
    if (timeout.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "The timeout must be at least one minute, was " + timeout + ".");
    }
  }
}
