package dev.finetune4j.deployment;

import dev.finetune4j.ProviderId;

/**
 * Identifies a deployment, also after a restart.
 *
 * @param provider the provider that serves it
 * @param id the provider's id or name of it; not blank
 */
public record DeploymentReference(ProviderId provider, String id) {

  /** Checks the id. */
  public DeploymentReference {
    if (id.isBlank()) {
      throw new IllegalArgumentException("The id of a deployment must not be blank.");
    }
  }

  /**
   * Parses the text that {@link #toString} returns.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code provider:id}
   */
  public static DeploymentReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "Invalid deployment reference \"" + text + "\": expected provider:id.");
    }
    return new DeploymentReference(
        new ProviderId(text.substring(0, colon)), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return provider + ":" + id;
  }
}
