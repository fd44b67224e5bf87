package dev.finetune4j.azure;

import dev.finetune4j.specification.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Azure's published documents, found beside the repository and converted to the form that {@link
 * Specification} reads: Swagger 2 and OpenAPI 3.0 into 3.1, parameters in their places.
 */
final class AzureDocuments {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final ObjectNode document;

  private AzureDocuments(ObjectNode document) {
    this.document = document;
  }

  /** Returns a document; empty if the specifications are not present. */
  static Optional<Specification> find(String name, Path scratch) throws IOException {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolveSibling("shared").resolve(Path.of("specs", "azure", name));
      if (Files.exists(file)) {
        String text = Files.readString(file).replace("#/definitions/", "#/components/schemas/");
        AzureDocuments read = new AzureDocuments((ObjectNode) MAPPER.readTree(text));
        read.convert();
        Path converted = scratch.resolve(name);
        Files.writeString(converted, MAPPER.writeValueAsString(read.document));
        return Optional.of(Specification.read(converted));
      }
    }
    return Optional.empty();
  }

  private void convert() {
    ObjectNode schemas = document.withObject("/components/schemas");
    if (document.has("definitions")) {
      schemas.setAll((ObjectNode) document.get("definitions"));
    }
    alias(schemas, "ErrorResponse", "AzureErrorResponse");
    alias(schemas, "CreateChatCompletionStreamResponse", "AzureCreateChatCompletionStreamResponse");
    for (JsonNode path : document.path("paths")) {
      path.properties()
          .forEach(
              entry -> {
                if (METHODS.contains(entry.getKey())) {
                  operation((ObjectNode) entry.getValue());
                }
              });
    }
    allowNulls(document);
  }

  private static void alias(ObjectNode schemas, String name, String other) {
    if (schemas.has(other)) {
      schemas.set(name, schemas.get(other).deepCopy());
    }
  }

  private void operation(ObjectNode operation) {
    ArrayNode resolved = MAPPER.createArrayNode();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode target =
          parameter.has("$ref")
              ? document.at(parameter.get("$ref").asString("").substring(1))
              : parameter;
      if (target.path("in").asString("").equals("body")) {
        operation
            .withObject("/requestBody/content/application~1json")
            .set("schema", target.get("schema"));
      } else if (target.path("in").asString("").equals("formData")) {
        field(operation.withObject("/requestBody/content/multipart~1form-data/schema"), target);
      }
      resolved.add(target);
    }
    operation.set("parameters", resolved);
    for (JsonNode response : operation.path("responses")) {
      if (response.has("schema")) {
        ((ObjectNode) response)
            .withObject("/content/application~1json")
            .set("schema", response.get("schema"));
      }
    }
  }

  /** Adds a form field; a file is checked by its name only. */
  private static void field(ObjectNode form, JsonNode parameter) {
    String name = parameter.path("name").asString("");
    ObjectNode member = form.put("type", "object").withObject("/properties").putObject(name);
    String type = parameter.path("type").asString("");
    member.put("type", type.equals("file") ? "string" : type);
    for (String limit : Set.of("enum", "minimum", "maximum")) {
      if (parameter.has(limit)) {
        member.set(limit, parameter.get(limit));
      }
    }
    if (parameter.path("required").asBoolean()) {
      form.withArray("/required").add(name);
    }
  }

  /** Replaces "nullable" of 3.0 by a second type, as in 3.1. */
  private static void allowNulls(JsonNode node) {
    node.forEach(AzureDocuments::allowNulls);
    if (node instanceof ObjectNode object && object.path("nullable").asBoolean()) {
      object.remove("nullable");
      JsonNode plain = object.deepCopy();
      object.removeAll();
      object.putArray("anyOf").add(plain).addObject().put("type", "null");
    }
  }
}
