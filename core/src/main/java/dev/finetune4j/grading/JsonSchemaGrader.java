package dev.finetune4j.grading;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.resource.SchemaLoader;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.List;

/** Passes JSON that fits a schema. The only class that uses the validator. Thread-safe. */
final class JsonSchemaGrader implements Grader {
  private static final int SHOWN = 3;

  private final Schema schema;

  private JsonSchemaGrader(Schema schema) {
    this.schema = schema;
  }

  static Grader of(String schemaJson) {
    try {
      Json.parseObject(schemaJson);
      Schema schema =
          SchemaRegistry.withDefaultDialect(
                  SpecificationVersion.DRAFT_2020_12, JsonSchemaGrader::configure)
              .getSchema(schemaJson);
      schema.initializeValidators();
      return new JsonSchemaGrader(schema);
    } catch (JsonSyntaxException | SchemaException e) {
      throw new IllegalArgumentException("Invalid JSON Schema: " + e.getMessage(), e);
    }
  }

  private static void configure(SchemaRegistry.Builder registry) {
    // What a schema refers to is never fetched: a schema may come from outside.
    registry
        .schemaLoader(SchemaLoader.builder().block(iri -> true).build())
        .schemaRegistryConfig(SchemaRegistryConfig.builder().pathType(PathType.LEGACY).build());
  }

  @Override
  public Grade grade(PromptExample example, String answer) {
    try {
      Json.parse(answer);
    } catch (JsonSyntaxException e) {
      return Grade.fail("The answer is not JSON. " + e.getMessage());
    }
    List<String> faults =
        schema.validate(answer, InputFormat.JSON).stream()
            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
            .sorted()
            .toList();
    if (faults.isEmpty()) {
      return Grade.pass();
    }
    String more = faults.size() > SHOWN ? " and " + (faults.size() - SHOWN) + " more" : "";
    return Grade.fail(
        "The answer does not match the schema: "
            + String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size())))
            + more
            + ".");
  }
}
