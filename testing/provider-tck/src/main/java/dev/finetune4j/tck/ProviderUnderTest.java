package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentHandle;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** A provider with what a contract needs to know of it, and what several of its tests do. */
abstract class ProviderUnderTest {

  /** Returns the provider under test. */
  protected abstract FineTuningProvider provider();

  /** Returns a base model that the provider can train. */
  protected abstract String baseModel();

  /** Returns a base model that the provider can train towards a grader; the same if not said. */
  protected String reinforcementModel() {
    return baseModel();
  }

  /** Returns a base model for training with images; by default {@link #baseModel()}. */
  protected String imageModel() {
    return baseModel();
  }

  /**
   * Returns a figure that grows with whatever the provider asks of its service: requests, or
   * processes and files where there is no service.
   */
  protected abstract long requests();

  /** Returns how many jobs the service has made until now. */
  protected abstract long jobsMade();

  /** Returns the clock that the provider lives by. */
  protected abstract Time time();

  /** Returns how often to ask while waiting for jobs and deployments. */
  protected PollingSchedule polling() {
    return PollingSchedule.local().givingUpAfter(Duration.ofMinutes(10));
  }

  /** Returns settings that make a job short; what is not set, the provider chooses. */
  protected Hyperparameters hyperparameters() {
    return Hyperparameters.providerDefaults();
  }

  /** Returns settings that let a job run long enough to be stopped. */
  protected Hyperparameters longHyperparameters() {
    return hyperparameters();
  }

  /** Returns how much a deployment in these tests can answer. */
  protected Capacity capacity() {
    return Capacity.serverless();
  }

  /** Returns keys and tokens that must not show anywhere. */
  protected List<String> secrets() {
    return List.of();
  }

  final boolean declares(Capability capability) {
    return provider().capabilities().contains(capability);
  }

  final FineTuningRequest request(Hyperparameters settings) {
    return FineTuningRequest.builder(
            baseModel(),
            SupervisedTraining.withDefaults().withHyperparameters(settings),
            Requests.sums())
        .build();
  }

  final ModelReference model(String name) {
    return new ModelReference(provider().id(), name);
  }

  /**
   * Returns a model that the provider has tuned; trains one. Where training takes long and the
   * service outlives a test, override this to train once for all tests of the class.
   */
  protected ModelReference tunedModel() throws InterruptedException {
    return endsWithAModel(request(hyperparameters())).requireFineTunedModel();
  }

  final FineTuningJob endsWithAModel(FineTuningRequest request) throws InterruptedException {
    FineTuningJob job = provider().submit(request).await(polling());
    assertEquals(JobStatus.SUCCEEDED, job.status(), () -> String.valueOf(job.failureReason()));
    return job;
  }

  final void awaitStatus(JobHandle handle, JobStatus... wanted) throws InterruptedException {
    Set<JobStatus> any = new HashSet<>(Arrays.asList(wanted));
    for (int look = 0; look < 1_000; look++) {
      JobStatus status = handle.refresh().status();
      if (any.contains(status)) {
        return;
      }
      assertFalse(status.isTerminal(), "ended before it was " + any + ": " + status);
      time().sleep(polling().first());
    }
    throw new AssertionError("never was " + any);
  }

  static void assertAnswers(ChatModel model) {
    ChatResponse answer =
        model.chat(
            ChatRequest.builder(ChatRequest.of("1 + 1 = ?").messages()).maximumTokens(8).build());
    assertEquals("ASSISTANT", answer.message().role().name());
  }

  /** Returns calls that a provider must refuse: each is about something of another provider. */
  final List<Executable> callsWithReferencesOf(ProviderId other) {
    JobReference job = new JobReference(other, "job-1");
    DeploymentReference deployment = new DeploymentReference(other, "deployment-1");
    FineTuningProvider provider = provider();
    List<Executable> calls = new ArrayList<>();
    calls.add(() -> provider.job(job));
    calls.add(() -> provider.jobOperations().fetch(job));
    calls.add(() -> provider.jobOperations().cancel(job));
    calls.add(() -> provider.jobOperations().pause(job));
    calls.add(() -> provider.jobOperations().resume(job));
    calls.add(() -> provider.jobOperations().events(job, Optional.empty()));
    calls.add(() -> provider.jobOperations().checkpoints(job));
    calls.add(() -> provider.chatModel(new ModelReference(other, baseModel())));
    provider
        .deployer()
        .ifPresent(
            deployer -> {
              calls.add(() -> deployer.deployment(deployment));
              calls.add(() -> deployer.operations().fetch(deployment));
              calls.add(() -> deployer.operations().delete(deployment));
              calls.add(
                  () ->
                      deployer.deploy(
                          DeploymentSpec.of(
                              new ModelReference(other, "tuned"), "name", capacity())));
            });
    return calls;
  }

  /** Returns calls that a provider must refuse once it is closed. */
  final List<Executable> callsOn(JobHandle handle) {
    FineTuningProvider provider = provider();
    List<Executable> calls = new ArrayList<>();
    calls.add(() -> provider.submit(request(hyperparameters())));
    calls.add(() -> provider.job(handle.reference()));
    calls.add(() -> provider.findJob(new SubmissionKey("a-key")));
    calls.add(() -> provider.jobOperations().fetch(handle.reference()));
    calls.add(() -> provider.jobOperations().list(Optional.empty()));
    calls.add(handle::refresh);
    calls.add(provider::deployer);
    provider.deployer().ifPresent(deployer -> calls.add(() -> deployer.operations().list()));
    provider
        .chatModel(new ModelReference(provider.id(), baseModel()))
        .ifPresent(model -> calls.add(() -> model.chat(ChatRequest.of("Hello"))));
    return calls;
  }

  final void awaitGone(DeploymentHandle handle) throws InterruptedException {
    for (int look = 0;
        look < 100 && handle.refresh().status() != DeploymentStatus.DELETED;
        look++) {
      time().sleep(polling().maximum());
    }
  }
}
