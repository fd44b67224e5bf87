package dev.finetune4j.providerkit.grader;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.GraderSpecJson;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs and checks graders at the service, before a reinforcement job is paid for. OpenAI ends its
 * evaluation platform on 2026-11-30 and says that its graders are part of that, so these calls may
 * end then; the graders of {@link dev.finetune4j.grading} that need no service remain. Blocking and
 * thread-safe; the transport belongs to the caller.
 */
public final class ServiceGraders {
  private static final String PATH = "fine_tuning/alpha/graders/";

  private final HttpTransport transport;

  /** Makes the calls of one service. */
  public ServiceGraders(HttpTransport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
  }

  /**
   * Grades {@code answer} as if the model had given it to {@code example}. One request; a grader
   * that asks a model costs that model's tokens.
   *
   * @throws dev.finetune4j.error.ProviderException if the service refuses the grader
   */
  public GraderTrial run(GraderSpec grader, PromptExample example, String answer) {
    Map<String, @Nullable Object> item =
        new LinkedHashMap<>(ExampleCodecs.openAiReinforcement().toRecord(example));
    item.keySet().removeAll(List.of("messages", "tools", "parallel_tool_calls"));
    JsonObject body =
        JsonObject.empty()
            .put("grader", tree(grader))
            .put("item", item)
            .put("model_sample", answer);
    return transport
        .send(ApiRequest.post(PATH + "run").json(body).idempotency(Idempotency.SAFE))
        .json(ServiceGraders::trial);
  }

  /**
   * Asks the service whether it would take the grader, and returns it as the service understands
   * it. One request.
   *
   * @throws dev.finetune4j.error.InvalidRequestException if it would not; the message says why
   */
  public GraderSpec validate(GraderSpec grader) {
    JsonObject body = JsonObject.empty().put("grader", tree(grader));
    return transport
        .send(ApiRequest.post(PATH + "validate").json(body).idempotency(Idempotency.SAFE))
        .json(
            answer ->
                GraderSpecJson.read(answer.findObject("grader").orElse(tree(grader)).toString()));
  }

  private static JsonObject tree(GraderSpec grader) {
    return Json.parseObject(GraderSpecJson.write(grader));
  }

  private static GraderTrial trial(JsonObject answer) {
    Map<String, Double> parts = new LinkedHashMap<>();
    if (answer.asMap().get("sub_rewards") instanceof Map<?, ?> rewards) {
      rewards.forEach(
          (name, value) -> {
            if (value instanceof Number number) {
              parts.put(String.valueOf(name), number.doubleValue());
            }
          });
    }
    List<String> errors = new ArrayList<>();
    if (answer.asMap().get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("errors") instanceof Map<?, ?> flags) {
      flags.forEach(
          (name, value) -> {
            if (Boolean.TRUE.equals(value)) {
              errors.add(String.valueOf(name));
            }
          });
    }
    return new GraderTrial(answer.requireDouble("reward"), parts, errors, answer.toString());
  }
}
