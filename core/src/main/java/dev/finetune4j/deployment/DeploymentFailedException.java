package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The deployment failed, was deleted, or was not ready in time. Carries the last snapshot. */
public final class DeploymentFailedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient Deployment deployment;

  /**
   * Creates the exception.
   *
   * @param deployment the last snapshot
   * @param suggestion what to do, as one sentence
   */
  public DeploymentFailedException(Deployment deployment, String suggestion) {
    super(
        "Deployment "
            + deployment.reference()
            + " is not ready: its status is "
            + deployment.status()
            + deployment.failureReason().map(reason -> ", " + reason).orElse("")
            + ". "
            + suggestion,
        null);
    this.deployment = deployment;
  }

  /** Returns the last snapshot; null only after Java serialization. */
  public Deployment deployment() {
    return deployment;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.PROVIDER;
  }
}
