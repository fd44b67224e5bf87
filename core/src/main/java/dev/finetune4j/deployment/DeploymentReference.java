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

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code provider:id}
   */
  public static DeploymentReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A reference to a deployment has the form provider:id, unlike \"" + text + "\".");
    }
    return new DeploymentReference(
        new ProviderId(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
