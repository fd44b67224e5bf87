package dev.finetune4j.deployment;

import dev.finetune4j.ProviderId;

/**
 * Enough to find a deployment again after a restart.
 *
 * @param provider who serves it
 * @param id the provider's id or name of it; not blank
 */
public record DeploymentReference(ProviderId provider, String id) {

  /** Checks that the id is there. */
  public DeploymentReference {
    if (id.isBlank()) {
      throw new IllegalArgumentException("A deployment reference needs the id of a deployment.");
    }
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
