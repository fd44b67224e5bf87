package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The turns of a ShareGPT record. */
final class ShareGptTurns {
  private ShareGptTurns() {}

  static Message read(RecordNode turn, String lastCall, int index) {
    RecordNode from = turn.member("from");
    String value = turn.member("value").text();
    return switch (from.text()) {
      case "human", "user" -> Message.user(value);
      case "gpt", "assistant", "chatgpt", "model" -> Message.assistant(value);
      case "system" -> Message.system(value);
      case "observation", "tool", "function_response" -> Message.tool(lastCall, value);
      case "function_call" -> Message.calling(List.of(call(turn.member("value"), index)));
      default -> throw from.broken("\"" + from.text() + "\" is nobody who can speak here.");
    };
  }

  static String word(Role role) {
    return switch (role) {
      case SYSTEM, DEVELOPER -> "system";
      case USER -> "human";
      case ASSISTANT -> "gpt";
      case TOOL -> "observation";
    };
  }

  static List<ToolDefinition> tools(RecordNode root) {
    RecordNode tools = root.find("tools");
    if (tools == null || (tools.isText() && tools.text().isBlank())) {
      return List.of();
    }
    Map<String, @Nullable Object> holder = new LinkedHashMap<>();
    holder.put("tools", tools.isText() ? parse(tools) : tools.value());
    return ToolRecords.readTools(RecordNode.root(holder));
  }

  static String write(ToolCall call) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(4);
    tree.put("name", call.name());
    Object arguments;
    try {
      arguments = Json.parse(call.argumentsJson());
    } catch (JsonSyntaxException e) {
      arguments = call.argumentsJson();
    }
    tree.put("arguments", arguments);
    return Json.write(tree);
  }

  private static ToolCall call(RecordNode value, int index) {
    RecordNode function = RecordNode.root(parse(value));
    RecordNode arguments = function.member("arguments");
    return new ToolCall(
        "call_" + index,
        function.member("name").text(),
        arguments.isText() ? arguments.text() : arguments.json());
  }

  private static @Nullable Object parse(RecordNode value) {
    try {
      return Json.parse(value.text());
    } catch (JsonSyntaxException e) {
      throw value.broken("This text must itself be JSON. " + e.getMessage());
    }
  }
}
