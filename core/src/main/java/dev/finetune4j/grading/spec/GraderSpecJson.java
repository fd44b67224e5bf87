package dev.finetune4j.grading.spec;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.MalformedExampleException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  static final String STRING_CHECK = "string_check";
  static final String TEXT_SIMILARITY = "text_similarity";
  static final String SCORE_MODEL = "score_model";
  static final String LABEL_MODEL = "label_model";
  static final String PYTHON = "python";
  static final String ENDPOINT = "endpoint";
  static final String MULTI = "multi";
  private static final Set<String> TEXT_TYPES = Set.of("input_text", "output_text");

  private GraderSpecJson() {}

  /**
   * Reads a grader.
   *
   * @throws IllegalArgumentException if it is not JSON, or lacks what its kind needs
   */
  public static GraderSpec read(String json) {
    try {
      return read(Json.parseObject(json));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "Invalid JSON of a grader: "
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
      return STRING_CHECK;
    } else if (grader instanceof GraderSpec.TextSimilarity) {
      return TEXT_SIMILARITY;
    } else if (grader instanceof GraderSpec.ScoreModel) {
      return SCORE_MODEL;
    } else if (grader instanceof GraderSpec.LabelModel) {
      return LABEL_MODEL;
    } else if (grader instanceof GraderSpec.PythonCode) {
      return PYTHON;
    }
    return grader instanceof GraderSpec.Endpoint ? ENDPOINT : MULTI;
  }

  private static @Nullable Object messages(List<Message> messages) {
    ChatExample conversation = new ChatExample(messages, List.of());
    return ExampleCodecs.openAiChat().toRecord(conversation).get("messages");
  }

  static GraderSpec read(JsonObject json) {
    String type = json.requireString("type");
    String name = json.findString("name").orElse(type);
    return switch (type) {
      case STRING_CHECK -> stringCheck(name, json);
      case TEXT_SIMILARITY -> textSimilarity(name, json);
      case SCORE_MODEL -> scoreModel(name, json);
      case LABEL_MODEL ->
          new GraderSpec.LabelModel(
              name,
              json.requireString("model"),
              messages(json),
              texts(json, "labels"),
              texts(json, "passing_labels"));
      case PYTHON ->
          new GraderSpec.PythonCode(
              name, json.requireString("source"), json.findString("image_tag"));
      case ENDPOINT -> new GraderSpec.Endpoint(name, json.requireString("url"), headers(json));
      case MULTI -> new GraderSpec.Multi(name, parts(json), json.requireString("calculate_output"));
      default -> unrecognized(name, type, json);
    };
  }

  private static GraderSpec stringCheck(String name, JsonObject json) {
    String word = json.requireString("operation");
    for (StringOperation operation : StringOperation.values()) {
      if (operation.word().equals(word)) {
        return new GraderSpec.StringCheck(
            name, json.requireString("input"), json.requireString("reference"), operation);
      }
    }
    return unrecognized(name, STRING_CHECK, json);
  }

  private static GraderSpec textSimilarity(String name, JsonObject json) {
    String word = json.requireString("evaluation_metric");
    for (TextMetric metric : TextMetric.values()) {
      if (metric.word().equals(word)) {
        return new GraderSpec.TextSimilarity(
            name,
            json.requireString("input"),
            json.requireString("reference"),
            metric,
            json.findDouble("pass_threshold"));
      }
    }
    return unrecognized(name, TEXT_SIMILARITY, json);
  }

  private static GraderSpec scoreModel(String name, JsonObject json) {
    List<@Nullable Object> range = json.list("range");
    if (!range.isEmpty() && range.size() != 2) {
      throw new JsonSyntaxException(
          "\"range\" must have two numbers, but has " + range.size() + ".");
    }
    Map<String, Object> sampling = new LinkedHashMap<>();
    json.findObject("sampling_params").orElse(JsonObject.empty()).asMap().entrySet().stream()
        .filter(entry -> entry.getValue() != null)
        .forEach(entry -> sampling.put(entry.getKey(), entry.getValue()));
    return new GraderSpec.ScoreModel(
        name,
        json.requireString("model"),
        messages(json),
        sampling,
        range.isEmpty() ? 0 : number(range.get(0)),
        range.isEmpty() ? 1 : number(range.get(1)),
        json.findDouble("pass_threshold"));
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new JsonSyntaxException("\"range\" must have two numbers, but contains " + value + ".");
  }

  private static Map<String, GraderSpec> parts(JsonObject json) {
    Map<String, GraderSpec> parts = new LinkedHashMap<>();
    List<JsonObject> several = new ArrayList<>();
    Object written = json.asMap().get("graders");
    if (written instanceof List<?>) {
      several.addAll(json.objects("graders"));
    } else if (written instanceof Map<?, ?> map && map.get("type") instanceof String) {
      several.add(JsonObject.of(map));
    } else {
      JsonObject named = json.requireObject("graders");
      named.asMap().keySet().forEach(key -> parts.put(key, read(named.requireObject(key))));
    }
    several.forEach(part -> parts.put(part.requireString("name"), read(part)));
    return parts;
  }

  /** The parts of a message are called otherwise here than in a conversation; both are read. */
  private static List<Message> messages(JsonObject json) {
    List<Object> plain = new ArrayList<>();
    for (JsonObject message : json.objects("input")) {
      Object content = message.asMap().get("content");
      plain.add(JsonObject.of(message.asMap()).put("content", content(content)).asMap());
    }
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("messages", plain);
    try {
      return ExampleCodecs.openAiChat().fromRecord(record).messages();
    } catch (MalformedExampleException e) {
      throw new JsonSyntaxException(
          "\"input\" is not a list of messages: " + Optional.ofNullable(e.getMessage()).orElse(""));
    }
  }

  private static @Nullable Object content(@Nullable Object content) {
    if (content instanceof Map<?, ?> map && TEXT_TYPES.contains(String.valueOf(map.get("type")))) {
      return map.get("text");
    }
    if (content instanceof List<?> list) {
      return list.stream()
          .map(part -> part instanceof Map<?, ?> map ? textPart(map) : part)
          .toList();
    }
    return content;
  }

  private static Object textPart(Map<?, ?> part) {
    JsonObject copy = JsonObject.of(part);
    return TEXT_TYPES.contains(String.valueOf(part.get("type")))
        ? copy.put("type", "text").asMap()
        : copy.asMap();
  }

  private static List<String> texts(JsonObject json, String member) {
    return json.list(member).stream().map(String::valueOf).toList();
  }

  private static Map<String, String> headers(JsonObject json) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.findObject("headers")
        .orElse(JsonObject.empty())
        .asMap()
        .forEach((key, value) -> headers.put(key, String.valueOf(value)));
    return headers;
  }

  private static GraderSpec unrecognized(String name, String type, JsonObject json) {
    return new GraderSpec.Unrecognized(name, type, Json.write(json.asMap()));
  }
}
