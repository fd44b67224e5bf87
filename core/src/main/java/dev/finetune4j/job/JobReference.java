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

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
