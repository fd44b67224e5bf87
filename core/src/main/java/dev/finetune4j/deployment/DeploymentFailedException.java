package dev.finetune4j.deployment;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.Responsibility;

/** The deployment will not answer, or did not in the time given. Carries the snapshot. */
public final class DeploymentFailedException extends FineTuningException {
  private static final long serialVersionUID = 1L;

  private final transient Deployment deployment;

  /**
   * Makes the exception.
   *
   * @param deployment the last snapshot
   * @param cure what to do, one sentence
   */
  public DeploymentFailedException(Deployment deployment, String cure) {
    super(
        "Deployment "
            + deployment.reference()
            + " does not answer: it is "
            + deployment.status()
            + deployment.failureReason().map(reason -> ", " + reason).orElse("")
            + ". "
            + cure,
        null);
    this.deployment = deployment;
  }

  /** Returns the last snapshot. Null only after Java serialisation. */
  public Deployment deployment() {
    return deployment;
  }

  @Override
  public Responsibility responsibility() {
    return Responsibility.PROVIDER;
  }
}
