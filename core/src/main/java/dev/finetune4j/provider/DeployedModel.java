package dev.finetune4j.provider;

import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A deployed model that answers until it is closed:
 *
 * <pre>{@code
 * try (DeployedModel bot = azure.deploy(tuned, "bot", Duration.ofHours(4))) {
 *   bot.chat("Hello");
 * }
 * }</pre>
 *
 * <p>It usually bills by the hour, used or not. {@link #close} deletes the deployment. If the
 * application dies first, its lease remains in the {@link LeaseRegistry}: once the lease is over,
 * the next {@code deploy} with that registry, or a {@link LeaseSweeper}, deletes the deployment.
 * Thread-safe.
 */
public final class DeployedModel implements ChatModel, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeployedModel.class);

  private final LeaseRegistry leases;
  private final LeaseSweeper sweeper;
  private final Deployment deployment;
  private final ChatModel model;

  /** The lease; null once the deployment is deleted. */
  private final AtomicReference<@Nullable Lease> lease;

  private DeployedModel(
      LeaseRegistry leases,
      LeaseSweeper sweeper,
      Lease lease,
      Deployment deployment,
      ChatModel model) {
    this.leases = leases;
    this.sweeper = sweeper;
    this.lease = new AtomicReference<>(lease);
    this.deployment = deployment;
    this.model = model;
  }

  static DeployedModel deploy(
      Deployer deployer, DeploymentSpec spec, LeaseTerms terms, LeaseRegistry leases) {
    LeaseSweeper sweeper =
        new LeaseSweeper(
            leases, Map.of(spec.model().provider(), deployer.operations()), deployer.time());
    sweeper.sweep();
    Lease lease = leases.reserve(spec, terms);
    try {
      DeploymentReference made = deployer.operations().create(lease.labelled(spec)).reference();
      lease = leases.confirm(lease, made);
      Deployment ready = deployer.deployment(made).await();
      return new DeployedModel(leases, sweeper, lease, ready, deployer.chatModel(ready));
    } catch (RuntimeException | Error failure) {
      try {
        delete(sweeper, lease);
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /**
   * Asks the model, as every {@link ChatModel} does. The provider refuses it after the deletion.
   */
  @Override
  public ChatResponse chat(ChatRequest request) {
    return model.chat(request);
  }

  /** Returns the deployment as it was when it became ready. No I/O. */
  public Deployment deployment() {
    return deployment;
  }

  /**
   * Lets the deployment exist for {@code timeToLive} from now on. No request.
   *
   * @throws dev.finetune4j.deployment.LeaseConflictException if the lease is over
   * @throws IllegalStateException if it is closed
   */
  public synchronized void renew(Duration timeToLive) {
    Lease held = lease.get();
    if (held == null) {
      throw new IllegalStateException(this + " is closed; deploy the model again.");
    }
    lease.set(leases.renew(held, timeToLive));
  }

  /**
   * Deletes the deployment, also on an interrupted thread. Two requests. Closing twice is no error.
   *
   * @throws ProviderUnavailableException if it could not be deleted and still bills: close it
   *     again, or leave it to the next sweep of the registry
   */
  @Override
  public synchronized void close() {
    Lease held = lease.get();
    if (held != null) {
      delete(sweeper, held);
      lease.set(null);
    }
  }

  private static void delete(LeaseSweeper sweeper, Lease lease) {
    // A request on an interrupted thread fails at once, and the deployment would still be billed.
    boolean interrupted = Thread.interrupted();
    try {
      SweepResult result = sweeper.sweep(lease);
      LOGGER.debug("{}: {}", lease, result.detail());
      if (result.outcome() == SweepResult.Outcome.FAILED) {
        throw new ProviderUnavailableException(
            ProviderFailure.of(
                lease.model().provider(),
                "Could not delete the deployment \""
                    + lease.deploymentName()
                    + "\", which still bills: "
                    + result.detail()
                    + " Its lease has ended; the next deploy or sweep with the same leases deletes"
                    + " it."),
            null);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return "DeployedModel(" + deployment.reference() + ")";
  }
}
