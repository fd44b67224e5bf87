package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.json.JsonObject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Operations on deployments that are Inference Endpoints: private vLLM endpoints that scale to zero
 * when idle. An endpoint is ready once it runs, has an address and passes its health check; a
 * sleeping one is ready too, because a request wakes it. Thread-safe.
 */
public final class EndpointDeployments implements DeploymentOperations {
  private static final int CONFLICT = 409;

  private final EndpointsApi endpoints;
  private final HuggingFaceHub hub;
  private final EndpointSettings settings;
  private final Predicate<String> health;
  private volatile @Nullable List<Machine> machines;

  /**
   * Creates the operations.
   *
   * @param health checks the health route at an address
   */
  public EndpointDeployments(
      EndpointsApi endpoints,
      HuggingFaceHub hub,
      EndpointSettings settings,
      Predicate<String> health) {
    this.endpoints = endpoints;
    this.hub = hub;
    this.settings = settings;
    this.health = health;
  }

  /**
   * Creates the endpoint, or returns the one with this name. A few requests; the endpoint is
   * billed.
   */
  @Override
  public Deployment create(DeploymentSpec spec) {
    Capacity.Hardware wanted = hardware(spec);
    Machine machine = machine(wanted.instance());
    ServedModel model = ServedModel.of(hub, spec.model().name());
    EndpointBody.Replicas replicas =
        new EndpointBody.Replicas(
            wanted.minimumReplicas(), wanted.maximumReplicas(), accelerators(machine));
    JsonObject order =
        new EndpointBody(settings, endpoints::token).of(spec, model, machine, replicas);
    try {
      return snapshot(endpoints.create(order));
    } catch (InvalidRequestException | ProviderUnavailableException e) {
      // Names are unique, so an endpoint with this name is the requested one.
      return adopted(spec, model, e);
    }
  }

  private Deployment adopted(DeploymentSpec spec, ServedModel model, ProviderException why) {
    boolean isConflict = why.failure().httpStatus().orElse(0) == CONFLICT;
    if (!isConflict && !(why instanceof ProviderUnavailableException)) {
      throw why;
    }
    JsonObject found;
    try {
      found = endpoints.fetch(spec.name());
    } catch (NotFoundException absent) {
      throw why;
    }
    if (!EndpointAnswers.model(found).name().equals(model.name())) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "Endpoint " + spec.name() + " already serves another model. Choose another name."));
    }
    return snapshot(found);
  }

  /** Returns its current state. One request, and one more if it is running. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    try {
      return snapshot(endpoints.fetch(deployment.id()));
    } catch (NotFoundException gone) {
      ModelReference unknown = new ModelReference(HuggingFaceHub.HUGGING_FACE, "unknown");
      return Deployment.builder(deployment, unknown, DeploymentStatus.DELETED).build();
    }
  }

  @Override
  public void delete(DeploymentReference deployment) {
    try {
      endpoints.delete(deployment.id());
    } catch (NotFoundException gone) {
      // Already deleted.
    }
  }

  @Override
  public List<Deployment> list() {
    return endpoints.list().stream().map(this::snapshot).toList();
  }

  private Deployment snapshot(JsonObject json) {
    return EndpointAnswers.snapshot(json, health, price(json));
  }

  /** Returns the hourly price with all replicas running, which is an upper bound. */
  private Optional<Money> price(JsonObject json) {
    JsonObject compute = json.requireObject("compute");
    String instance =
        compute.requireString("instanceType") + "-" + compute.requireString("instanceSize");
    JsonObject place = json.requireObject("provider");
    long replicas = compute.requireObject("scaling").findLong("maxReplica").orElse(1);
    return known().stream()
        .filter(machine -> machine.instance().equals(instance))
        .filter(machine -> machine.vendor().equals(place.findString("vendor").orElse("")))
        .filter(machine -> machine.region().equals(place.findString("region").orElse("")))
        .findFirst()
        .flatMap(Machine::pricePerHour)
        .map(price -> price.times(BigDecimal.valueOf(replicas)));
  }

  private List<Machine> known() {
    List<Machine> read = machines;
    return read == null ? look() : read;
  }

  private List<Machine> look() {
    List<Machine> read = endpoints.machines();
    machines = read;
    return read;
  }

  /** Returns the hourly price of a machine. One request. */
  Optional<Money> pricePerHour(String instance) {
    return machine(instance).pricePerHour();
  }

  private Capacity.Hardware hardware(DeploymentSpec spec) {
    if (spec.capacity() instanceof Capacity.Hardware hardware) {
      return hardware;
    }
    String usual = settings.machine();
    if (usual != null && spec.capacity() instanceof Capacity.Serverless) {
      return new Capacity.Hardware(usual, 0, 1);
    }
    throw new UnsupportedCapabilityException(
        HuggingFaceHub.HUGGING_FACE,
        "a deployment without machines",
        "Use Capacity.Hardware, for example \"nvidia-l4-x1\" with 0 to 1 replicas.");
  }

  private Machine machine(String instance) {
    List<Machine> all = look();
    return all.stream()
        .filter(machine -> machine.instance().equals(instance) && machine.isAvailable())
        .min(Comparator.comparing(this::distance))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    ProviderFailure.of(
                        HuggingFaceHub.HUGGING_FACE,
                        "Machine \""
                            + instance
                            + "\" is not available; available are "
                            + all.stream()
                                .filter(Machine::isAvailable)
                                .map(Machine::instance)
                                .distinct()
                                .toList()
                            + ".")));
  }

  private int distance(Machine machine) {
    boolean sameVendor = machine.vendor().equals(settings.vendor());
    return sameVendor && machine.region().equals(settings.region()) ? 0 : sameVendor ? 1 : 2;
  }

  private static int accelerators(Machine machine) {
    String digits = machine.size().replaceAll("\\D", "");
    return machine.accelerator().equals("gpu") && !digits.isEmpty() ? Integer.parseInt(digits) : 1;
  }
}
