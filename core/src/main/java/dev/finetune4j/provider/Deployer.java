package dev.finetune4j.provider;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.inference.ChatModel;
import java.nio.file.Path;
import java.time.Duration;

/** The part of a provider that makes a tuned model answer. Thread-safe. */
public interface Deployer {

  /** Returns the single calls that the handles are made of. No I/O. */
  DeploymentOperations operations();

  /** Returns the clock that the handles wait by. No I/O. */
  Time time();

  /**
   * Names the account whose deployments these are, where one user may have several: {@link #leases}
   * keeps them apart. Empty by default. At most one request.
   */
  default String account() {
    return "";
  }

  /**
   * Returns the registry that {@link #deploy(DeploymentSpec, Duration)} uses: a folder for each
   * provider and account in {@code .finetune4j/leases} of the user's home, or of the folder in the
   * system property {@code finetune4j.home}. It survives this process, and the programs of one user
   * share it.
   *
   * @param provider the provider that deploys
   */
  default LeaseRegistry leases(ProviderId provider) {
    Path home = Path.of(System.getProperty("user.home"), ".finetune4j");
    String folder =
        account().isEmpty()
            ? provider.value()
            : provider.value() + "-" + Integer.toHexString(account().hashCode());
    return FileLeaseRegistry.open(
        Path.of(System.getProperty("finetune4j.home", home.toString()), "leases", folder), time());
  }

  /**
   * Deploys a model under a lease and waits until it answers; may bill until the result is closed.
   * Blocks for minutes; one request per interval. First deletes what an earlier process left in
   * {@code leases} and whose time is over. If the deployment fails, or the wait is interrupted, it
   * is deleted before this method throws.
   *
   * <p>A name stands for one deployment: programs that deploy the same name with the same registry
   * share it, and the first to close it deletes it.
   *
   * @param timeToLive how long the deployment may exist if this process dies, or does not renew it
   * @param leases where the lease is recorded
   * @throws dev.finetune4j.deployment.DeploymentFailedException if it does not become ready
   * @throws dev.finetune4j.deployment.LeaseConflictException if another holder has the name, or the
   *     deployment of that name is about to be deleted
   * @throws dev.finetune4j.error.ProviderException if the provider refuses
   */
  default DeployedModel deploy(DeploymentSpec spec, Duration timeToLive, LeaseRegistry leases) {
    return DeployedModel.deploy(this, spec, LeaseTerms.of("deploy", timeToLive), leases);
  }

  /** Deploys as {@link #deploy(DeploymentSpec, Duration, LeaseRegistry)} with {@link #leases}. */
  default DeployedModel deploy(DeploymentSpec spec, Duration timeToLive) {
    return deploy(spec, timeToLive, leases(spec.model().provider()));
  }

  /**
   * Makes a deployment, or finds the one of that name, without a lease and without waiting. One or
   * two requests. From here on it may bill until the handle is closed.
   *
   * @throws dev.finetune4j.error.ProviderException if the provider refuses
   */
  default DeploymentHandle deploy(DeploymentSpec spec) {
    return deployment(operations().create(spec).reference());
  }

  /** Returns the verbs of a deployment that exists. No I/O. */
  default DeploymentHandle deployment(DeploymentReference reference) {
    return new DeploymentHandle(reference, operations(), time());
  }

  /**
   * Returns the model that a ready deployment serves. No I/O.
   *
   * @throws IllegalArgumentException if the deployment has no endpoint yet
   */
  ChatModel chatModel(Deployment deployment);
}
