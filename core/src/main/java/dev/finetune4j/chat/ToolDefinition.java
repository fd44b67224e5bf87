package dev.finetune4j.chat;

/**
 * A tool that the model may call.
 *
 * @param name the name of the tool
 * @param description what it does, in words for the model; empty if there is none
 * @param parametersJson the JSON Schema of its arguments; {@code {}} if it takes none
 */
public record ToolDefinition(String name, String description, String parametersJson) {}
