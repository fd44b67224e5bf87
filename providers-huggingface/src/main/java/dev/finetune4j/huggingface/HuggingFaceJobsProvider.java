package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.huggingface.hub.HubErrorReader;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.internal.endpoint.EndpointAccess;
import dev.finetune4j.huggingface.internal.endpoint.EndpointDeployer;
import dev.finetune4j.huggingface.internal.endpoint.EndpointSettings;
import dev.finetune4j.huggingface.internal.job.HubJobOperations;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.huggingface.internal.job.JobsSettings;
import dev.finetune4j.huggingface.internal.job.JobsTraining;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.token.EstimatedTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Fine-tunes open models with TRL on the machines of Hugging Face Jobs, and makes them answer on
 * Inference Endpoints. Needs an account with credit and a token that may write repositories, run
 * jobs and manage endpoints; nothing on this machine.
 *
 * <pre>{@code
 * HuggingFaceJobsOptions options = HuggingFaceJobsOptions.of(token).flavor("a10g-large");
 * try (HuggingFaceJobsProvider provider = HuggingFaceJobsProvider.of(options)) {
 *   JobHandle job = provider.submit(request);                      // bills by the minute from here
 *   ModelReference tuned = job.await(PollingSchedule.standard()).requireFineTunedModel();
 *   provider.deployer().orElseThrow().deploy(
 *       DeploymentSpec.of(tuned, "recipes", new Capacity.Hardware("nvidia-l4-x1", 0, 1)));
 * }
 * }</pre>
 *
 * <p>A job's folder is committed to the private data set {@code finetune4j-jobs} of the account and
 * mounted at that commit; its result goes to a private model repository of its own. A job ends at
 * the latest after the time of the options, and what it has not brought to the Hub by then is lost.
 * Thread-safe.
 */
@Experimental
public final class HuggingFaceJobsProvider implements FineTuningProvider {
  private static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.SUPERVISED_TRAINING,
              Capability.PREFERENCE_TRAINING,
              Capability.REINFORCEMENT_TRAINING,
              Capability.LOW_RANK_UPDATE,
              Capability.FULL_UPDATE,
              Capability.VALIDATION_DATA,
              Capability.SEED,
              Capability.TOOLS,
              Capability.CANCEL_JOB,
              Capability.JOB_EVENTS,
              Capability.LIST_JOBS,
              Capability.BASE_MODEL_INFERENCE,
              Capability.DEPLOYMENT,
              Capability.STREAMING));

  private final Time time;
  private final HuggingFaceHub hub;
  private final JobsApi jobs;
  private final HuggingFaceRunner runner;
  private final EndpointDeployer deployer;
  private final HttpTransport router;

  private HuggingFaceJobsProvider(HuggingFaceJobsOptions options) {
    time = options.time();
    hub = client(options);
    jobs = new JobsApi(hub, options.namespace());
    JobsSettings settings =
        new JobsSettings(options.flavor(), options.timeout(), options.image(), options::token);
    TrlTraining training =
        new TrlTraining(
            new HuggingFaceBases(Map.of()), () -> !options.flavor().startsWith("cpu-"), time);
    runner =
        new HubRunner(
            training, new JobsTraining(hub, jobs, settings, time), new HubJobOperations(hub, jobs));
    EndpointAccess access =
        new EndpointAccess(options.endpointsApi(), options.namespace(), options::token);
    deployer = new EndpointDeployer(hub, access, EndpointSettings.standard(), time);
    router =
        HttpTransport.builder(HuggingFaceHub.HUGGING_FACE, HttpUrl.get(options.router().toString()))
            .credential(Credential.bearer(options::token))
            .errors(new HubErrorReader(time::now))
            .time(time)
            .build();
  }

  private static HuggingFaceHub client(HuggingFaceJobsOptions options) {
    HuggingFaceHub.Builder builder =
        HuggingFaceHub.builder()
            .endpoint(options.hub())
            .token(options.token())
            .time(options.time());
    Path cache = options.cache();
    return (cache == null ? builder : builder.cache(cache)).build();
  }

  /** Returns the provider. No I/O, but for the file of a token that a log-in has left. */
  public static HuggingFaceJobsProvider of(HuggingFaceJobsOptions options) {
    return new HuggingFaceJobsProvider(options);
  }

  @Override
  public ProviderId id() {
    return HuggingFaceHub.HUGGING_FACE;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    return DatasetValidator.builder(method.exampleType()).build();
  }

  /** Returns an estimate: the tokenizers of open models differ. */
  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return new EstimatedTokenCounter();
  }

  /** Commits the data and orders one job. Some requests; bills by the minute from here on. */
  @Override
  public JobHandle submit(FineTuningRequest request) {
    return job(runner.submit(request));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(reference, runner.operations(), time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    return runner.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return runner.operations();
  }

  /**
   * Returns a base on the Inference Providers' router, which bills by the token and serves what
   * some provider hosts: never a model of the own account, which is deployed first.
   */
  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    boolean isOwn = model.name().startsWith(jobs.namespace() + "/");
    return model.provider().equals(id()) && !isOwn
        ? Optional.of(ChatCompletionsModel.of(router, model.name()))
        : Optional.empty();
  }

  @Override
  public Optional<Deployer> deployer() {
    return Optional.of(deployer);
  }

  /** Returns the client of the Hub that it works with, which is closed with it. */
  public HuggingFaceHub hub() {
    return hub;
  }

  /** Closes the connections; jobs and endpoints go on, and go on billing. */
  @Override
  public void close() {
    router.close();
    deployer.close();
    hub.close();
  }
}
