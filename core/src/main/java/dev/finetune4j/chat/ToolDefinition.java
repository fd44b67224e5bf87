package dev.finetune4j.chat;

/**
 * A tool that the model may call.
 *
 * @param name the name of the tool
 * @param description what it does, in words for the model; may be empty
 * @param parametersJson the JSON Schema of its arguments; {@code {}} if it takes none
 * @param strict whether the provider must hold the model to the schema
 */
public record ToolDefinition(
    String name, String description, String parametersJson, boolean strict) {

  /** Creates a tool whose schema is not enforced. */
  public ToolDefinition(String name, String description, String parametersJson) {
    this(name, description, parametersJson, false);
  }
}
