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
import dev.finetune4j.internal.json.JsonObject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The single calls on deployments that are Inference Endpoints: private ones of vLLM that sleep
 * when nobody asks. An endpoint is ready once it runs, has an address and its health answers; one
 * that sleeps is ready too, since a question wakes it. Thread-safe.
 */
public final class EndpointDeployments implements DeploymentOperations {
  private static final int CONFLICT = 409;

  private final EndpointsApi endpoints;
  private final HuggingFaceHub hub;
  private final EndpointSettings settings;
  private final Predicate<String> health;

  /**
   * Makes the operations.
   *
   * @param health asks an address whether it answers well
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

  /** Makes the endpoint, or returns the one of that name. Some requests; it bills from here on. */
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
      return snapshot(endpoints.create(order), Optional.of(machine));
    } catch (InvalidRequestException | ProviderUnavailableException e) {
      // A name stands for one endpoint, so what is found under it is what was ordered.
      return adopted(spec, model, machine, e);
    }
  }

  private Deployment adopted(
      DeploymentSpec spec, ServedModel model, Machine machine, ProviderException why) {
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
    if (!found.requireObject("model").requireString("repository").equals(model.repository())) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "There is another endpoint " + spec.name() + "; choose another name."));
    }
    return snapshot(found, Optional.of(machine));
  }

  /** Returns it as it is now. One request, one more for one that runs. */
  @Override
  public Deployment fetch(DeploymentReference deployment) {
    try {
      return snapshot(endpoints.fetch(deployment.id()), Optional.empty());
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
      // Which is what was wanted.
    }
  }

  @Override
  public List<Deployment> list() {
    return endpoints.list().stream().map(json -> snapshot(json, Optional.empty())).toList();
  }

  private Deployment snapshot(JsonObject json, Optional<Machine> machine) {
    return EndpointAnswers.snapshot(json, health, machine.flatMap(found -> price(found, json)));
  }

  private static Optional<Money> price(Machine machine, JsonObject json) {
    long replicas =
        json.requireObject("compute").requireObject("scaling").findLong("maxReplica").orElse(1);
    return machine.pricePerHour().map(price -> price.times(BigDecimal.valueOf(replicas)));
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
        "Ask for Capacity.Hardware, for example of \"nvidia-l4-x1\" with 0 to 1 replicas.");
  }

  private Machine machine(String instance) {
    List<Machine> all = endpoints.machines();
    return all.stream()
        .filter(machine -> machine.instance().equals(instance) && machine.isAvailable())
        .min(Comparator.comparing(this::distance))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    ProviderFailure.of(
                        HuggingFaceHub.HUGGING_FACE,
                        "There is no machine \""
                            + instance
                            + "\" to be had; there are "
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
