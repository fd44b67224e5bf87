package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import java.util.Map;

/**
 * Describes a deployment to create. Creating it twice under one name makes one deployment.
 *
 * @param model the model to deploy
 * @param name the name of the deployment; most providers accept 2 to 64 letters, digits and hyphens
 * @param capacity how much it can answer
 * @param labels stored with the deployment where the provider keeps labels; they mark the
 *     deployments of this library
 */
public record DeploymentSpec(
    ModelReference model, String name, Capacity capacity, Map<String, String> labels) {

  /** Copies the map. */
  public DeploymentSpec {
    labels = Map.copyOf(labels);
  }

  /** Returns a description without labels. */
  public static DeploymentSpec of(ModelReference model, String name, Capacity capacity) {
    return new DeploymentSpec(model, name, capacity, Map.of());
  }
}
