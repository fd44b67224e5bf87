package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of tool calls and of the results' ids inside one message. */
final class ToolCallCheck {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final String RULE = "invalid-tool-call";

  private ToolCallCheck() {}

  static boolean isName(@Nullable Object name) {
    return name instanceof String text && NAME.matcher(text).matches();
  }

  static void check(Map<?, ?> message, String role, String path, RecordFindings out) {
    Object calls = message.get("tool_calls");
    Object legacy = message.get("function_call");
    if ((calls != null || legacy != null) && !role.isEmpty() && !role.equals("assistant")) {
      out.error(
          "misplaced-tool-call",
          path,
          "A message of the role " + role + " calls a tool.",
          "Move the call into an assistant's message.");
    } else if (calls != null) {
      calls(calls, path + ".tool_calls", out);
    }
    if (legacy != null) {
      function(legacy, path + ".function_call", out);
    }
    Object id = message.get("tool_call_id");
    if (role.equals("tool") && !(id instanceof String text && !text.isBlank())) {
      out.error(
          "missing-tool-call-id",
          path,
          "A tool's result does not say which call it answers.",
          "Add tool_call_id with the id of the call.");
    }
  }

  private static void calls(Object calls, String path, RecordFindings out) {
    if (!(calls instanceof List<?> list) || list.isEmpty()) {
      out.error(
          RULE,
          path,
          "The tool calls are "
              + (calls instanceof List ? "an empty list" : Json.kind(calls))
              + ".",
          "Write a list of calls, or leave the member out.");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      call(list.get(i), path + "[" + i + "]", out);
    }
  }

  private static void call(@Nullable Object item, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> call)) {
      out.error(
          RULE,
          path,
          "A tool call is " + Json.kind(item) + ".",
          "Write an object with id, type and function.");
      return;
    }
    if (!(call.get("id") instanceof String id && !id.isBlank())) {
      out.error(RULE, path, "A tool call has no id.", "Add an id, and name it in the result.");
    }
    if (!"function".equals(call.get("type"))) {
      out.error(
          RULE, path, "A tool call is not of the type function.", "Add \"type\":\"function\".");
    }
    function(call.get("function"), path + ".function", out);
  }

  private static void function(@Nullable Object item, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> function)) {
      out.error(
          RULE,
          path,
          "A tool call does not say what it calls.",
          "Add an object with name and arguments.");
      return;
    }
    if (!isName(function.get("name"))) {
      out.error(
          RULE,
          path + ".name",
          "The name of the tool is missing or not a name.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
    }
    Object arguments = function.get("arguments");
    if (!(arguments instanceof String json)) {
      out.error(
          "invalid-tool-arguments",
          path + ".arguments",
          "The arguments are " + Json.kind(arguments) + ".",
          "Write them as a string that holds a JSON object.");
    } else if (!isObject(json)) {
      out.error(
          "invalid-tool-arguments",
          path + ".arguments",
          "The arguments are a string that holds no JSON object.",
          "Correct the JSON in the string: the model would learn to write it so.");
    }
  }

  private static boolean isObject(String json) {
    try {
      return Json.parse(json) instanceof Map;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
