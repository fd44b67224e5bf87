package dev.finetune4j.huggingface.internal.serving;

import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.huggingface.internal.endpoint.ServedModel;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds the request for a serving job (reference: the service's guide "Serving on Jobs").
 * Stateless.
 */
final class ServingOrder {
  static final int PORT = 8000;
  static final String MODEL = "FINETUNE4J_SERVED_MODEL";
  static final String NAME_LABEL = "finetune4j-deployment";

  private static final String ADAPTER = "/adapter";

  private ServingOrder() {}

  static JsonObject of(
      DeploymentSpec spec, ServedModel model, String flavor, ServingSettings settings) {
    JsonObject labels = JsonObject.empty();
    spec.labels().forEach(labels::put);
    labels.put(NAME_LABEL, spec.name());
    JsonObject order =
        JsonObject.empty()
            .put("command", command(spec.model().name(), model, settings))
            .put("arguments", List.of())
            .put("environment", JsonObject.empty().put(MODEL, spec.model().name()))
            .put("flavor", flavor)
            .put("secrets", JsonObject.empty().put("HF_TOKEN", settings.token().get()))
            .put("timeoutSeconds", settings.longest().toSeconds())
            .put("labels", labels);
    if (model.isAdapter()) {
      order.put("volumes", List.of(adapter(spec.model().name(), model)));
    }
    return order
        .put("expose", JsonObject.empty().put("ports", List.of(PORT)))
        .put("dockerImage", settings.image());
  }

  private static List<String> command(String name, ServedModel model, ServingSettings settings) {
    // The service ignores the entry point of the image.
    List<String> command = new ArrayList<>(List.of("vllm", "serve", model.repository()));
    command.addAll(List.of("--revision", model.revision()));
    command.addAll(List.of("--host", "0.0.0.0", "--port", String.valueOf(PORT)));
    if (model.isAdapter()) {
      command.addAll(List.of("--enable-lora", "--max-lora-rank", String.valueOf(model.rank())));
      command.addAll(List.of("--lora-modules", name + "=" + ADAPTER));
    } else {
      command.addAll(List.of("--served-model-name", name));
    }
    command.addAll(settings.arguments());
    return command;
  }

  private static Map<String, ?> adapter(String name, ServedModel model) {
    return JsonObject.empty()
        .put("type", "model")
        .put("source", name)
        .put("mountPath", ADAPTER)
        .put("revision", model.commit())
        .put("readOnly", true)
        .asMap();
  }
}
