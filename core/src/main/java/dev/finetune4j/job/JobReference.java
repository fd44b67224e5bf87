package dev.finetune4j.job;

import dev.finetune4j.ProviderId;

/**
 * Identifies a job, also after a restart.
 *
 * @param provider the provider that runs it
 * @param id the provider's id of it; not blank
 */
public record JobReference(ProviderId provider, String id) {

  /** Checks the id. */
  public JobReference {
    if (id.isBlank()) {
      throw new IllegalArgumentException("The id of a job must not be blank.");
    }
  }

  /**
   * Parses the text that {@link #toString} returns.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code provider:id}
   */
  public static JobReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "Invalid job reference \"" + text + "\": expected provider:id.");
    }
    return new JobReference(new ProviderId(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
