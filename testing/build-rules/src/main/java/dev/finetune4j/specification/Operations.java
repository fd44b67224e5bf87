package dev.finetune4j.specification;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The operations of an OpenAPI document, found by method and path whatever the variables' names.
 */
final class Operations {
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  /** One operation: its place in the document, and its node. */
  record Operation(String template, String pointer, JsonNode node) {

    /** Returns the pointer to the schema of the request body, if any. */
    String requestSchema(String contentType) {
      String type = contentType.replaceAll(";.*", "").trim();
      return schemaBelow(pointer + "/requestBody", node.path("requestBody"), type);
    }

    /** Returns the pointer to the schema of the JSON answer, if any. */
    String answerSchema(String status) {
      JsonNode answer = node.path("responses").path(status);
      return schemaBelow(pointer + "/responses/" + status, answer, "application/json");
    }

    List<String> unknownParameters(String query) {
      Set<String> known = new HashSet<>();
      node.path("parameters").forEach(parameter -> known.add(parameter.path("name").asString("")));
      List<String> unknown = new ArrayList<>();
      for (String pair : query.split("&", -1)) {
        String name = URLDecoder.decode(pair.replaceAll("=.*", ""), StandardCharsets.UTF_8);
        String root = name.replaceAll("\\[.*", "");
        if (!root.isEmpty() && !known.contains(root)) {
          unknown.add("the query parameter " + name + " is not in the document");
        }
      }
      return unknown;
    }

    private static String schemaBelow(String pointer, JsonNode holder, String type) {
      boolean there = holder.path("content").path(type).has("schema");
      return there ? pointer + "/content/" + escaped(type) + "/schema" : "";
    }
  }

  private final Map<String, Operation> operations = new LinkedHashMap<>();

  Operations(JsonNode document) {
    document
        .path("paths")
        .properties()
        .forEach(path -> METHODS.forEach(method -> add(path, method)));
  }

  private void add(Map.Entry<String, JsonNode> path, String method) {
    if (path.getValue().has(method)) {
      String pointer = "/paths/" + escaped(path.getKey()) + "/" + method;
      operations.put(
          name(method, path.getKey()),
          new Operation(path.getKey(), pointer, path.getValue().path(method)));
    }
  }

  Set<String> names() {
    return operations.keySet();
  }

  Optional<Operation> find(String method, String template) {
    return Optional.ofNullable(operations.get(name(method, template)));
  }

  static String errorSchema() {
    return "/components/schemas/ErrorResponse";
  }

  static String chunkSchema() {
    return "/components/schemas/CreateChatCompletionStreamResponse";
  }

  private static String name(String method, String template) {
    return method.toUpperCase(Locale.ROOT) + " " + template.replaceAll("\\{[^}]*\\}", "{}");
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
