package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.inference.InferenceProviders;
import dev.finetune4j.huggingface.internal.endpoint.EndpointAccess;
import dev.finetune4j.huggingface.internal.endpoint.EndpointDeployer;
import dev.finetune4j.huggingface.internal.endpoint.EndpointSettings;
import dev.finetune4j.huggingface.internal.job.Flavor;
import dev.finetune4j.huggingface.internal.job.HubJobOperations;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.huggingface.internal.job.JobsSettings;
import dev.finetune4j.huggingface.internal.job.JobsTraining;
import dev.finetune4j.huggingface.internal.serving.ServingDeployer;
import dev.finetune4j.huggingface.internal.serving.ServingSettings;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trains with TRL on Hugging Face Jobs, with the same recipe as on this machine, and serves models
 * on Inference Endpoints or in jobs. Thread-safe.
 */
final class JobsRunner implements HuggingFaceRunner {
  private static final long MINUTES_PER_HOUR = 60;

  private final Time time;
  private final HuggingFaceHub hub;
  private final JobsApi api;
  private final HubJobOperations operations;
  private final TrlOrders orders;
  private final JobsTraining jobs;
  private final JobsSettings settings;
  private final EndpointDeployer endpoints;
  private final ServingDeployer servers;
  private final HuggingFaceJobsOptions.Serving serving;
  private final InferenceProviders router;

  JobsRunner(HuggingFaceJobsOptions<?> options) {
    time = options.time();
    hub = client(options);
    api = new JobsApi(hub, options.namespace());
    operations = new HubJobOperations(hub, api);
    settings =
        new JobsSettings(options.flavor(), options.timeout(), options.image(), options::token);
    orders =
        new TrlOrders(
            new TrlTraining(
                new HuggingFaceBases(Map.of()), () -> !options.flavor().startsWith("cpu-"), time));
    jobs = new JobsTraining(hub, api, settings, time);
    EndpointAccess access =
        new EndpointAccess(options.endpointsApi(), options.namespace(), options::token);
    serving = options.serving();
    endpoints =
        new EndpointDeployer(
            hub, access, EndpointSettings.standard().withMachine(serving.machine()), time);
    servers =
        new ServingDeployer(
            hub, api, ServingSettings.of(serving.machine(), serving.longest(), options::token));
    router = InferenceProviders.at(hub, options.router());
  }

  HuggingFaceHub hub() {
    return hub;
  }

  /**
   * Returns the owner of what it creates. One request at most, and only if the options do not name
   * the owner.
   */
  String namespace() {
    return api.namespace();
  }

  private static HuggingFaceHub client(HuggingFaceJobsOptions<?> options) {
    HuggingFaceHub.Builder builder =
        HuggingFaceHub.builder()
            .endpoint(options.hub())
            .token(options.token())
            .time(options.time())
            .http(options.http());
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
        : Optional.of(router.chatModel(model));
  }

  @Override
  public Deployer deployer() {
    return serving.isOnJobs() ? servers : endpoints;
  }

  @Override
  public ModelCatalog catalog() {
    return HuggingFaceCatalog.ofNothingKnown(time);
  }

  @Override
  public PriceBook prices(double tokensPerSecond) {
    Money perMinute =
        flavor(settings.flavor())
            .pricePerMinute()
            .orElseThrow(
                () -> refused("The service reports no price for " + settings.flavor() + "."));
    return pricesWith(
        new TrainingPrice.PerHour(perMinute.times(MINUTES_PER_HOUR), tokensPerSecond));
  }

  /**
   * Returns prices with a given training price.
   *
   * @param training null if unknown
   */
  PriceBook pricesWith(TrainingPrice.@Nullable PerHour training) {
    Map<String, InferencePrice> hosted = new HashMap<>();
    router.models().forEach(m -> m.highestPrice().ifPresent(price -> hosted.put(m.name(), price)));
    return new JobsPrices(
        training,
        hostingPerHour().orElse(null),
        hosted,
        LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
  }

  private Optional<Money> hostingPerHour() {
    String machine = serving.machine();
    if (machine == null) {
      return Optional.empty();
    }
    return serving.isOnJobs() ? servers.pricePerHour(machine) : endpoints.pricePerHour(machine);
  }

  @Override
  public Optional<Money> longestTrainingCost() {
    return flavor(settings.flavor()).costOf(settings.timeout());
  }

  private Flavor flavor(String name) {
    List<Flavor> all = api.flavors();
    return all.stream()
        .filter(flavor -> flavor.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "Unknown machine \""
                        + name
                        + "\"; available are "
                        + all.stream().map(Flavor::name).toList()
                        + "."));
  }

  private static InvalidRequestException refused(String what) {
    return new InvalidRequestException(ProviderFailure.of(HuggingFaceProvider.ID, what));
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
    endpoints.close();
    servers.close();
    hub.close();
  }
}
