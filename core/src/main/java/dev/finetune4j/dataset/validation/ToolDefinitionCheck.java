package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of declared tools, and of functions in the older dialect. */
final class ToolDefinitionCheck {
  private static final String RULE = "invalid-tool";
  private static final int MAXIMUM_FUNCTIONS = 128;

  private ToolDefinitionCheck() {}

  /** Checks the declarations in {@code holder} and returns the names that are usable. */
  static Set<String> check(Map<?, ?> holder, String path, RecordFindings out) {
    Set<String> names = new HashSet<>();
    Object tools = holder.get("tools");
    if (tools instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        tool(list.get(i), path + ".tools[" + i + "]", names, out);
      }
    } else if (tools != null) {
      out.error(
          RULE,
          path + ".tools",
          "The tools are " + Json.kind(tools) + ".",
          "Write them as a list.");
    }
    Object functions = holder.get("functions");
    if (functions instanceof List<?> list && list.size() <= MAXIMUM_FUNCTIONS) {
      for (int i = 0; i < list.size(); i++) {
        function(list.get(i), path + ".functions[" + i + "]", names, out);
      }
    } else if (functions != null) {
      out.error(
          RULE,
          path + ".functions",
          "The functions are no list of at most 128.",
          "Declare them as tools.");
    }
    Object parallel = holder.get("parallel_tool_calls");
    if (parallel != null && !(parallel instanceof Boolean)) {
      out.error(
          "invalid-parallel-tool-calls",
          path + ".parallel_tool_calls",
          "The member is " + Json.kind(parallel) + ".",
          "Use true or false, or leave it out.");
    }
    return names;
  }

  private static void tool(
      @Nullable Object item, String path, Set<String> names, RecordFindings out) {
    if (!(item instanceof Map<?, ?> tool) || !"function".equals(tool.get("type"))) {
      out.error(
          RULE,
          path,
          "A tool is no object of the type function.",
          "Write {\"type\":\"function\",\"function\":{...}}.");
      return;
    }
    function(tool.get("function"), path + ".function", names, out);
  }

  private static void function(
      @Nullable Object item, String path, Set<String> names, RecordFindings out) {
    if (!(item instanceof Map<?, ?> function)
        || !(function.get("name") instanceof String name)
        || !ToolCallCheck.isName(name)) {
      out.error(
          RULE,
          path,
          "A declared tool has no name of 1 to 64 letters, digits, underscores and dashes.",
          "Give it one.");
      return;
    }
    if (!names.add(name)) {
      out.error(
          RULE, path + ".name", "Two tools are called \"" + name + "\".", "Rename one of them.");
    }
    Object parameters = function.get("parameters");
    if (parameters != null && !(parameters instanceof Map)) {
      out.error(
          RULE,
          path + ".parameters",
          "The parameters are " + Json.kind(parameters) + ".",
          "Write them as an object that is a JSON Schema.");
    }
  }
}
