package dev.finetune4j.deployment;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.OperationInterruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The verbs of one deployment; closing it deletes the deployment. Thread-safe. */
public final class DeploymentHandle implements AutoCloseable {
  private final DeploymentReference reference;
  private final DeploymentOperations operations;
  private final Time time;

  /** Makes a handle. No I/O. Called by providers. */
  public DeploymentHandle(
      DeploymentReference reference, DeploymentOperations operations, Time time) {
    this.reference = Objects.requireNonNull(reference, "reference");
    this.operations = Objects.requireNonNull(operations, "operations");
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Returns what finds the deployment again, also from another process. No I/O. */
  public DeploymentReference reference() {
    return reference;
  }

  /** Returns the deployment as it is now. One request. */
  public Deployment refresh() {
    return operations.fetch(reference);
  }

  /** Asks to take the deployment away; it stops billing when it is gone. One request. */
  public void delete() {
    operations.delete(reference);
  }

  /** Deletes the deployment, as {@link #delete} does; one that is gone is no error. */
  @Override
  public void close() {
    delete();
  }

  /** Waits as {@link #await(PollingSchedule)} does, by the provider's schedule. */
  public Deployment await() {
    return await(operations.polling());
  }

  /**
   * Waits until the deployment answers and returns its snapshot. One request per interval of {@code
   * schedule}; it may bill meanwhile.
   *
   * @throws DeploymentFailedException if it failed, is gone, or the schedule gives up; it is not
   *     deleted by that
   * @throws OperationInterruptedException if the thread is interrupted; the deployment is not
   *     touched
   */
  public Deployment await(PollingSchedule schedule) {
    Instant started = time.now();
    Duration pause = schedule.first();
    while (true) {
      Deployment deployment = refresh();
      if (deployment.status() == DeploymentStatus.READY) {
        return deployment;
      }
      if (deployment.status().isTerminal()) {
        throw new DeploymentFailedException(
            deployment, "Delete it and deploy the model again under the same name.");
      }
      Duration waited = Duration.between(started, time.now());
      Duration left = schedule.giveUpAfter().minus(waited);
      if (left.isNegative() || left.isZero()) {
        throw new DeploymentFailedException(
            deployment, "Waited " + waited + "; wait longer, or delete it so that it cannot bill.");
      }
      OperationInterruptedException.sleep(time, pause.compareTo(left) > 0 ? left : pause);
      pause = schedule.after(pause);
    }
  }
}
