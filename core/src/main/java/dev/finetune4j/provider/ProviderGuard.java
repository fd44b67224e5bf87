package dev.finetune4j.provider;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.training.FineTuningRequest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refuses, before any request, what every provider must refuse: a call after its close, and a
 * reference that belongs to another provider. Each provider has one and hands out its operations
 * through it. A foreign reference is an invalid request, not something that was not found: callers
 * treat "not found" as deleted. No I/O. Thread-safe.
 */
public final class ProviderGuard {
  private final ProviderId provider;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Makes the guard of one open provider. */
  public ProviderGuard(ProviderId provider) {
    this.provider = Objects.requireNonNull(provider, "provider");
  }

  /** Refuses every call from here on. Closing twice is no error. */
  public void close() {
    closed.set(true);
  }

  /**
   * Checks that the provider is open.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("This provider is closed; build a new one.");
    }
  }

  /**
   * Returns the reference.
   *
   * @throws IllegalStateException if the provider is closed
   * @throws InvalidRequestException if the job belongs to another provider
   */
  public JobReference require(JobReference job) {
    require("Job", job, job.provider());
    return job;
  }

  /**
   * Returns the reference.
   *
   * @throws IllegalStateException if the provider is closed
   * @throws InvalidRequestException if the deployment belongs to another provider
   */
  public DeploymentReference require(DeploymentReference deployment) {
    require("Deployment", deployment, deployment.provider());
    return deployment;
  }

  /**
   * Returns the reference.
   *
   * @throws IllegalStateException if the provider is closed
   * @throws InvalidRequestException if the model belongs to another provider
   */
  public ModelReference require(ModelReference model) {
    require("Model", model, model.provider());
    return model;
  }

  /**
   * Checks that the provider is open and, unless the request skips it, that the data of the request
   * has no errors. Every provider calls this first in {@code submit}. Reads the data.
   *
   * @throws IllegalStateException if the provider is closed
   * @throws dev.finetune4j.dataset.validation.InvalidDatasetException if the data has errors
   */
  public void check(FineTuningProvider owner, FineTuningRequest request) {
    requireOpen();
    if (!request.skipsValidation()) {
      owner.validate(request).forEach(ValidationReport::orThrow);
    }
  }

  /** Returns the operations with these checks before each call. */
  public JobOperations guard(JobOperations operations) {
    return new GuardedJobs(this, operations);
  }

  /** Returns the deployer with these checks before each call. */
  public Deployer guard(Deployer deployer) {
    return new GuardedDeployer(this, deployer);
  }

  private void require(String what, Object reference, ProviderId owner) {
    requireOpen();
    if (!owner.equals(provider)) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              provider,
              what
                  + " "
                  + reference
                  + " belongs to provider "
                  + owner
                  + "; this provider is "
                  + provider
                  + ". Use the provider that made it."));
    }
  }
}
