package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Builds requests that create endpoints. Thread-safe. */
final class EndpointBody {
  private static final int PORT = 8000;

  private final EndpointSettings settings;
  private final Supplier<String> token;

  /**
   * Creates an instance.
   *
   * @param token supplies the token with which vLLM downloads an adapter; called only for adapters
   */
  EndpointBody(EndpointSettings settings, Supplier<String> token) {
    this.settings = settings;
    this.token = token;
  }

  JsonObject of(DeploymentSpec spec, ServedModel model, Machine machine, Replicas replicas) {
    List<String> arguments = new ArrayList<>(settings.arguments());
    arguments.addAll(model.arguments());
    JsonObject order =
        JsonObject.empty()
            .put("accountId", null)
            .put("compute", compute(machine, replicas))
            .put("model", wanted(model, arguments, replicas))
            .put("name", spec.name())
            .put(
                "provider",
                JsonObject.empty().put("region", machine.region()).put("vendor", machine.vendor()))
            .put("type", settings.type());
    return spec.labels().isEmpty() ? order : order.put("tags", tags(spec));
  }

  /** The least and most machines, and the GPUs of each. */
  record Replicas(int least, int most, int accelerators) {}

  private JsonObject wanted(ServedModel model, List<String> arguments, Replicas replicas) {
    JsonObject engine =
        JsonObject.empty()
            .put("url", settings.image())
            .put("port", PORT)
            .put("healthRoute", "/health")
            .put("tensorParallelSize", replicas.accelerators())
            .put("dataParallelSize", 1);
    JsonObject wanted =
        JsonObject.empty()
            .put("framework", "pytorch")
            .put("repository", model.repository())
            .put("revision", model.revision())
            .put("image", JsonObject.empty().put("vLLM", engine))
            .put("task", "text-generation")
            .put("args", arguments);
    return model.isAdapter()
        ? wanted.put("secrets", JsonObject.empty().put("HF_TOKEN", token.get()))
        : wanted;
  }

  private JsonObject compute(Machine machine, Replicas replicas) {
    JsonObject scaling =
        JsonObject.empty().put("maxReplica", replicas.most()).put("minReplica", replicas.least());
    if (replicas.least() == 0 && !settings.scaleToZeroAfter().isZero()) {
      scaling.put("scaleToZeroTimeout", settings.scaleToZeroAfter().toMinutes());
    }
    return JsonObject.empty()
        .put("accelerator", machine.accelerator())
        .put("instanceSize", machine.size())
        .put("instanceType", machine.type())
        .put("scaling", scaling);
  }

  private static List<String> tags(DeploymentSpec spec) {
    return new TreeMap<>(spec.labels())
        .entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()).toList();
  }
}
