package dev.finetune4j.job;

import dev.finetune4j.ProviderId;

/**
 * Enough to find a job again after a restart.
 *
 * @param provider who runs it
 * @param id the provider's id of it; not blank
 */
public record JobReference(ProviderId provider, String id) {

  /** Checks that the id is there. */
  public JobReference {
    if (id.isBlank()) {
      throw new IllegalArgumentException("A job reference needs the id of a job.");
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code provider:id}
   */
  public static JobReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A reference to a job has the form provider:id, unlike \"" + text + "\".");
    }
    return new JobReference(new ProviderId(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
