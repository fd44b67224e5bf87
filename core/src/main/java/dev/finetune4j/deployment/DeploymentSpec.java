package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import java.util.Map;

/**
 * The wish for a deployment. The same name never makes two.
 *
 * @param model what should answer
 * @param name what the deployment is called: 2 to 64 letters, digits and hyphens at most providers
 * @param capacity how much it can answer
 * @param labels marks that travel with it where the provider can keep them, by which ours are told
 *     from others
 */
public record DeploymentSpec(
    ModelReference model, String name, Capacity capacity, Map<String, String> labels) {

  /** Copies the map. */
  public DeploymentSpec {
    labels = Map.copyOf(labels);
  }

  /** Returns a wish without labels. */
  public static DeploymentSpec of(ModelReference model, String name, Capacity capacity) {
    return new DeploymentSpec(model, name, capacity, Map.of());
  }
}
