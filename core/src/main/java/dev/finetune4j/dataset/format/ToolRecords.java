package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tools and tool calls in OpenAI's format; reads the older functions and function_call as well. */
final class ToolRecords {
  static final String PARALLEL = "parallel_tool_calls";

  private ToolRecords() {}

  static List<ToolDefinition> readTools(RecordNode record) {
    List<ToolDefinition> tools = new ArrayList<>();
    RecordNode declared = record.find("tools");
    if (declared != null) {
      for (RecordNode tool : declared.items()) {
        tools.add(tool(tool.member("function")));
      }
    }
    RecordNode functions = record.find("functions");
    if (functions != null) {
      functions.items().forEach(function -> tools.add(tool(function)));
    }
    return tools;
  }

  private static ToolDefinition tool(RecordNode function) {
    RecordNode description = function.find("description");
    RecordNode parameters = function.find("parameters");
    return new ToolDefinition(
        function.member("name").text(),
        description == null ? "" : description.text(),
        parameters == null ? "{}" : parameters.json(),
        isTrue(function.find("strict")));
  }

  /** Reads whether several tools may be called at once; true by default. */
  static boolean readParallel(RecordNode holder) {
    RecordNode parallel = holder.find(PARALLEL);
    return parallel == null || isTrue(parallel);
  }

  private static boolean isTrue(@Nullable RecordNode node) {
    return node != null && node.json().equals("true");
  }

  static List<ToolCall> readCalls(RecordNode message) {
    RecordNode calls = message.find("tool_calls");
    RecordNode legacy = message.find("function_call");
    if (calls == null && legacy == null) {
      return List.of();
    }
    List<ToolCall> result = new ArrayList<>();
    if (calls != null) {
      for (RecordNode call : calls.items()) {
        RecordNode id = call.find("id");
        RecordNode function = call.member("function");
        // Calls in Hugging Face's data sets have no id, so their index serves as one.
        String key = id == null ? "call_" + result.size() : id.text();
        result.add(call(key, function));
      }
    }
    if (legacy != null) {
      result.add(call("call_" + result.size(), legacy));
    }
    return result;
  }

  private static ToolCall call(String id, RecordNode function) {
    RecordNode arguments = function.member("arguments");
    // OpenAI writes the arguments as a string of JSON, Hugging Face as an object.
    String json = arguments.isText() ? arguments.text() : arguments.json();
    return new ToolCall(id, function.member("name").text(), json);
  }
}
