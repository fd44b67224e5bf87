package dev.finetune4j.grading;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ExampleCodecs;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of graders as OpenAI's service takes it, both ways: {@code {"type": "string_check",
 * "name": ..., ...}}. A kind or a metric that this version does not know is kept as it came.
 * Stateless and thread-safe.
 *
 * <p>The parts of {@code multi} are written as a map from name to grader, which is what the service
 * takes (its specification says otherwise), and read from a map, a list or a single grader.
 */
public final class GraderSpecJson {
  private GraderSpecJson() {}

  /**
   * Reads a grader.
   *
   * @throws IllegalArgumentException if it is not JSON, or lacks what its kind needs
   */
  public static GraderSpec read(String json) {
    try {
      return GraderReading.read(Json.parseObject(json));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "This is not the JSON of a grader: "
              + e.getMessage()
              + " A grader has \"type\", \"name\" and the members of its type.",
          e);
    }
  }

  /** Writes a grader as one line of JSON. */
  public static String write(GraderSpec grader) {
    return Json.write(tree(grader).asMap());
  }

  private static JsonObject tree(GraderSpec grader) {
    if (grader instanceof GraderSpec.Unrecognized unrecognized) {
      return Json.parseObject(unrecognized.json());
    }
    JsonObject json = JsonObject.empty().put("type", type(grader)).put("name", grader.name());
    if (grader instanceof GraderSpec.StringCheck check) {
      json.put("input", check.input())
          .put("reference", check.reference())
          .put("operation", check.operation().word());
    } else if (grader instanceof GraderSpec.TextSimilarity similarity) {
      json.put("input", similarity.input())
          .put("reference", similarity.reference())
          .put("evaluation_metric", similarity.metric().word())
          .putIfPresent("pass_threshold", similarity.passThreshold());
    } else if (grader instanceof GraderSpec.PythonCode code) {
      json.put("source", code.source()).putIfPresent("image_tag", code.imageTag());
    } else if (grader instanceof GraderSpec.Endpoint endpoint) {
      json.put("url", endpoint.url());
      if (!endpoint.headers().isEmpty()) {
        json.put("headers", endpoint.headers());
      }
    } else if (grader instanceof GraderSpec.Multi multi) {
      Map<String, @Nullable Object> parts = new LinkedHashMap<>();
      multi.graders().forEach((name, part) -> parts.put(name, tree(part).asMap()));
      json.put("graders", parts).put("calculate_output", multi.formula());
    } else {
      putJudge(json, grader);
    }
    return json;
  }

  private static void putJudge(JsonObject json, GraderSpec grader) {
    if (grader instanceof GraderSpec.ScoreModel score) {
      json.put("model", score.judge()).put("input", messages(score.messages()));
      if (!score.sampling().isEmpty()) {
        json.put("sampling_params", score.sampling());
      }
      json.put("range", List.of(score.minimum(), score.maximum()))
          .putIfPresent("pass_threshold", score.passThreshold());
    } else if (grader instanceof GraderSpec.LabelModel label) {
      json.put("model", label.judge())
          .put("input", messages(label.messages()))
          .put("labels", label.labels())
          .put("passing_labels", label.passingLabels());
    }
  }

  private static String type(GraderSpec grader) {
    if (grader instanceof GraderSpec.StringCheck) {
      return GraderReading.STRING_CHECK;
    } else if (grader instanceof GraderSpec.TextSimilarity) {
      return GraderReading.TEXT_SIMILARITY;
    } else if (grader instanceof GraderSpec.ScoreModel) {
      return GraderReading.SCORE_MODEL;
    } else if (grader instanceof GraderSpec.LabelModel) {
      return GraderReading.LABEL_MODEL;
    } else if (grader instanceof GraderSpec.PythonCode) {
      return GraderReading.PYTHON;
    }
    return grader instanceof GraderSpec.Endpoint ? GraderReading.ENDPOINT : GraderReading.MULTI;
  }

  private static @Nullable Object messages(List<Message> messages) {
    ChatExample conversation = new ChatExample(messages, List.of());
    return ExampleCodecs.openAiChat().toRecord(conversation).get("messages");
  }
}
