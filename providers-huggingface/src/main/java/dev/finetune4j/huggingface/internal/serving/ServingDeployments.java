package dev.finetune4j.huggingface.internal.serving;

import dev.finetune4j.ModelReference;
import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.internal.endpoint.ServedModel;
import dev.finetune4j.huggingface.internal.job.Flavor;
import dev.finetune4j.huggingface.internal.job.JobAnswers;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operations on deployments that are jobs: vLLM on one machine with one exposed port and a time
 * limit. Ready once the server lists the deployed model. Thread-safe.
 */
final class ServingDeployments implements DeploymentOperations {
  // The price of an exposed port, in addition to the machine (service price list, August 2026).
  private static final Money PORT_PER_HOUR = Money.dollars("0.01");
  private static final List<Duration> LOOKS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));
  private static final BigDecimal MINUTES = BigDecimal.valueOf(60);

  private final HuggingFaceHub hub;
  private final JobsApi jobs;
  private final ServingSettings settings;
  private final Function<URI, Optional<List<String>>> served;
  private @Nullable List<Flavor> flavors;

  ServingDeployments(
      HuggingFaceHub hub,
      JobsApi jobs,
      ServingSettings settings,
      Function<URI, Optional<List<String>>> served) {
    this.hub = hub;
    this.jobs = jobs;
    this.settings = settings;
    this.served = served;
  }

  /** Creates the job, which is billed, or returns the one with this name. A few requests. */
  @Override
  public Deployment create(DeploymentSpec spec) {
    String flavor = flavor(spec);
    Optional<JsonObject> there = find(spec);
    if (there.isPresent()) {
      return snapshot(there.get());
    }
    price(flavor);
    ServedModel model = ServedModel.of(hub, spec.model().name());
    JsonObject order = ServingOrder.of(spec, model, flavor, settings);
    try {
      return snapshot(settle(spec, jobs.run(order)));
    } catch (ProviderUnavailableException lost) {
      return snapshot(look(spec).orElseThrow(() -> lost));
    }
  }

  /**
   * Looks for a job whose creation was not confirmed, several times because the list may be
   * delayed.
   */
  private Optional<JsonObject> look(DeploymentSpec spec) {
    Time time = hub.time();
    for (Duration pause : LOOKS) {
      OperationInterruptedException.sleep(time, pause);
      Optional<JsonObject> found = find(spec);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Keeps the oldest job with a name and cancels others. */
  private JsonObject settle(DeploymentSpec spec, JsonObject own) {
    List<JsonObject> all = JobAnswers.withOwn(standing(spec), own);
    for (JsonObject job : all.subList(1, all.size())) {
      jobs.cancel(job.requireString("id"));
    }
    return sameModel(spec, all.get(0));
  }

  private Optional<JsonObject> find(DeploymentSpec spec) {
    return standing(spec).stream().findFirst().map(found -> sameModel(spec, found));
  }

  private static JsonObject sameModel(DeploymentSpec spec, JsonObject found) {
    if (!ServingAnswers.model(found).equals(spec.model().name())) {
      throw refused(
          "Job "
              + spec.name()
              + " already serves another model. Choose another name, or cancel it.");
    }
    return found;
  }

  private List<JsonObject> standing(DeploymentSpec spec) {
    return JobAnswers.oldestFirst(
        jobs.list(ServingOrder.NAME_LABEL, spec.name(), null).jobs().stream()
            .filter(ServingAnswers::isStanding)
            .toList());
  }

  /** Returns its current state. One request, and one more to a running server. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    try {
      return snapshot(jobs.fetch(deployment.id()));
    } catch (NotFoundException gone) {
      return Deployment.builder(
              deployment,
              new ModelReference(HuggingFaceHub.HUGGING_FACE, "unknown"),
              DeploymentStatus.DELETED)
          .build();
    }
  }

  @Override
  public void delete(DeploymentReference deployment) {
    try {
      if (ServingAnswers.isStanding(jobs.fetch(deployment.id()))) {
        jobs.cancel(deployment.id());
      }
    } catch (NotFoundException gone) {
      // Already ended.
    }
  }

  @Override
  public List<Deployment> list() {
    List<Deployment> all = new ArrayList<>();
    JobsApi.Page page = jobs.standing(null);
    while (true) {
      page.jobs().stream()
          .filter(job -> !ServingAnswers.name(job).isEmpty())
          .map(this::snapshot)
          .forEach(all::add);
      if (page.next().isEmpty()) {
        return all;
      }
      page = jobs.standing(page.next().get());
    }
  }

  private Deployment snapshot(JsonObject job) {
    // A job can be listed and cancelled even if its machine is no longer offered.
    Optional<Money> price = known(job.requireString("flavor")).flatMap(ServingDeployments::perHour);
    return ServingAnswers.snapshot(job, served, price);
  }

  /** Returns the hourly price of a machine with an exposed port. One request ever. */
  Optional<Money> price(String flavor) {
    return perHour(
        known(flavor)
            .orElseThrow(
                () ->
                    refused(
                        "Unknown machine \""
                            + flavor
                            + "\"; available are "
                            + flavors().stream().map(Flavor::name).toList()
                            + ".")));
  }

  private Optional<Flavor> known(String flavor) {
    return flavors().stream().filter(each -> each.name().equals(flavor)).findFirst();
  }

  private synchronized List<Flavor> flavors() {
    if (flavors == null) {
      flavors = jobs.flavors();
    }
    return flavors;
  }

  private static Optional<Money> perHour(Flavor flavor) {
    return flavor.pricePerMinute().map(price -> price.times(MINUTES).plus(PORT_PER_HOUR));
  }

  private String flavor(DeploymentSpec spec) {
    String usual = settings.machine();
    if (usual != null && !(spec.capacity() instanceof Capacity.Hardware)) {
      return usual;
    }
    if (spec.capacity() instanceof Capacity.Hardware hardware
        && hardware.minimumReplicas() == 1
        && hardware.maximumReplicas() == 1) {
      return hardware.instance();
    }
    throw new UnsupportedCapabilityException(
        HuggingFaceHub.HUGGING_FACE,
        "serving from a job on anything but one machine",
        "Use Capacity.Hardware with 1 to 1 replicas, for example \"a10g-small\".");
  }

  private static InvalidRequestException refused(String what) {
    return new InvalidRequestException(ProviderFailure.of(HuggingFaceHub.HUGGING_FACE, what));
  }
}
