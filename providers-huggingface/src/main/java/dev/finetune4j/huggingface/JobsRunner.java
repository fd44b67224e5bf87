package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.huggingface.hub.HubErrorReader;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.internal.endpoint.EndpointAccess;
import dev.finetune4j.huggingface.internal.endpoint.EndpointDeployer;
import dev.finetune4j.huggingface.internal.endpoint.EndpointSettings;
import dev.finetune4j.huggingface.internal.job.HubJobOperations;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.huggingface.internal.job.JobsSettings;
import dev.finetune4j.huggingface.internal.job.JobsTraining;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * TRL on the machines of Hugging Face Jobs, by the recipe of the jobs that run here, and servers on
 * Inference Endpoints. Thread-safe.
 */
final class JobsRunner implements HuggingFaceRunner {
  private final Time time;
  private final HuggingFaceHub hub;
  private final JobsApi api;
  private final HubJobOperations operations;
  private final TrlOrders orders;
  private final JobsTraining jobs;
  private final EndpointDeployer deployer;
  private final HttpTransport router;

  JobsRunner(HuggingFaceJobsOptions options) {
    time = options.time();
    hub = client(options);
    api = new JobsApi(hub, options.namespace());
    operations = new HubJobOperations(hub, api);
    JobsSettings settings =
        new JobsSettings(options.flavor(), options.timeout(), options.image(), options::token);
    orders =
        new TrlOrders(
            new TrlTraining(
                new HuggingFaceBases(Map.of()), () -> !options.flavor().startsWith("cpu-"), time));
    jobs = new JobsTraining(hub, api, settings, time);
    EndpointAccess access =
        new EndpointAccess(options.endpointsApi(), options.namespace(), options::token);
    deployer =
        new EndpointDeployer(
            hub, access, EndpointSettings.standard().withMachine(options.serving()), time);
    router =
        HttpTransport.builder(HuggingFaceProvider.ID, HttpUrl.get(options.router().toString()))
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

  @Override
  public Set<Capability> capabilities() {
    return TrlTraining.CAPABILITIES;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    return jobs.submit(orders.order(request));
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return jobs.find(key);
  }

  @Override
  public JobOperations operations() {
    return operations;
  }

  @Override
  public Optional<ChatModel> chatModel(String model) {
    return model.startsWith(api.namespace() + "/")
        ? Optional.empty()
        : Optional.of(ChatCompletionsModel.of(router, model));
  }

  @Override
  public Deployer deployer() {
    return deployer;
  }

  @Override
  public ModelCatalog catalog() {
    return HuggingFaceCatalog.ofNothingKnown(time);
  }

  @Override
  public Path outputFolder(String model) {
    return hub.repository(RepositoryId.model(model)).downloadAll("main");
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public void close() {
    router.close();
    deployer.close();
    hub.close();
  }
}
