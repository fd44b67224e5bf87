package dev.finetune4j.training;

import java.util.UUID;

/**
 * Identifies one submission of a fine-tuning job and is stored with the job, so that the job can be
 * found if the response to its creation was lost. Two requests with the same key never create two
 * jobs.
 *
 * @param value 1 to 40 lower-case letters, digits and hyphens
 */
public record SubmissionKey(String value) {

  /** Checks the form: the narrowest field that a provider has for it takes no more. */
  public SubmissionKey {
    if (!value.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "A submission key must be 1 to 40 lower-case letters, digits or hyphens, was \""
              + value
              + "\"");
    }
  }

  /** Returns a unique key. */
  public static SubmissionKey random() {
    return new SubmissionKey(
        "ft4j-" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
  }

  @Override
  public String toString() {
    return value;
  }
}
