package dev.finetune4j.training;

import java.util.UUID;

/**
 * Marks one wish for one job, and travels with the job, so that it can be found again when the
 * answer to its creation was lost. Two requests with the same key never make two jobs.
 *
 * @param value 1 to 40 lower-case letters, digits and hyphens
 */
public record SubmissionKey(String value) {

  /** Checks the form: the narrowest field that a provider has for it takes no more. */
  public SubmissionKey {
    if (!value.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "A submission key has 1 to 40 lower-case letters, digits or hyphens, and this has not: \""
              + value
              + "\"");
    }
  }

  /** Returns a key that nobody else has. */
  public static SubmissionKey random() {
    return new SubmissionKey(
        "ft4j-" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
  }

  @Override
  public String toString() {
    return value;
  }
}
