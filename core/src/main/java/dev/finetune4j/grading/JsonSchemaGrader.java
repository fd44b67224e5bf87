package dev.finetune4j.grading;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.List;

/** Passes JSON that fits a schema. The only class that knows the validator. Thread-safe. */
final class JsonSchemaGrader implements Grader {
  private static final int SHOWN = 3;

  private final JsonSchema schema;

  private JsonSchemaGrader(JsonSchema schema) {
    this.schema = schema;
  }

  static Grader of(String schemaJson) {
    try {
      Json.parseObject(schemaJson);
      return new JsonSchemaGrader(
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaJson));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("Invalid JSON Schema: " + e.getMessage(), e);
    }
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
            .map(ValidationMessage::getMessage)
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
