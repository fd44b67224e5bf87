package dev.finetune4j.chat;

/**
 * A model's request to run a tool.
 *
 * @param id ties the call to the message with its result
 * @param name the name of the tool
 * @param argumentsJson the arguments as the model wrote them: meant to be a JSON object, not
 *     checked here
 */
public record ToolCall(String id, String name, String argumentsJson) {}
