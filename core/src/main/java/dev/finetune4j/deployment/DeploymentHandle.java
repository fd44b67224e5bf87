package dev.finetune4j.deployment;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.OperationInterruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/** Controls one deployment; closing it deletes the deployment. Thread-safe. */
public final class DeploymentHandle implements AutoCloseable {
  private final DeploymentReference reference;
  private final DeploymentOperations operations;
  private final Time time;

  /** Creates a handle; used by providers. No I/O. */
  public DeploymentHandle(
      DeploymentReference reference, DeploymentOperations operations, Time time) {
    this.reference = Objects.requireNonNull(reference, "reference");
    this.operations = Objects.requireNonNull(operations, "operations");
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Returns the reference, with which any process can find the deployment again. No I/O. */
  public DeploymentReference reference() {
    return reference;
  }

  /** Returns the current state of the deployment. One request. */
  public Deployment refresh() {
    return operations.fetch(reference);
  }

  /** Requests the deletion; billing ends once the deployment is deleted. One request. */
  public void delete() {
    operations.delete(reference);
  }

  /** Deletes the deployment, as {@link #delete} does. */
  @Override
  public void close() {
    delete();
  }

  /** Waits as {@link #await(PollingSchedule)} does, with the provider's schedule. */
  public Deployment await() {
    return await(operations.polling());
  }

  /**
   * Waits until the deployment is ready and returns its snapshot. One request per interval of
   * {@code schedule}. The deployment may bill meanwhile; it is deleted neither by a failure nor by
   * an interrupt.
   *
   * @throws DeploymentFailedException if it failed, was deleted, or the schedule gives up
   * @throws OperationInterruptedException if the thread is interrupted while waiting
   */
  public Deployment await(PollingSchedule schedule) {
    return await(schedule, deployment -> {});
  }

  /**
   * Waits as {@link #await(PollingSchedule)} does, and passes each snapshot to {@code listener} on
   * the waiting thread. An exception that the listener throws ends the wait.
   */
  public Deployment await(PollingSchedule schedule, Consumer<Deployment> listener) {
    Instant started = time.now();
    Duration pause = schedule.first();
    while (true) {
      Deployment deployment = refresh();
      listener.accept(deployment);
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
            deployment,
            "Waited " + waited + ". Wait longer, or delete it so that it stops billing.");
      }
      OperationInterruptedException.sleep(time, pause.compareTo(left) > 0 ? left : pause);
      pause = schedule.after(pause);
    }
  }
}
