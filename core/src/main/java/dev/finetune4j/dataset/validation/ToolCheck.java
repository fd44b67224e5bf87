package dev.finetune4j.dataset.validation;

import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks tool declarations, and that each tool call is followed by exactly one result. */
final class ToolCheck {
  private final RecordFindings out;
  private final Set<String> declared;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> open = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private @Nullable String openFunction;
  private static final String INVALID_TOOL = "invalid-tool";
  private static final int MAXIMUM_FUNCTIONS = 128;

  private ToolCheck(Set<String> declared, RecordFindings out) {
    this.declared = declared;
    this.out = out;
  }

  /**
   * Checks messages, which may have other faults as well.
   *
   * @param declared the names of the declared tools
   */
  static void check(List<?> messages, String path, Set<String> declared, RecordFindings out) {
    if (!usesTools(messages)) {
      return;
    }
    ToolCheck check = new ToolCheck(declared, out);
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i) instanceof Map<?, ?> message) {
        check.message(message, path + "[" + i + "]");
      }
    }
    boolean lastCalls =
        messages.get(messages.size() - 1) instanceof Map<?, ?> last
            && "assistant".equals(last.get("role"));
    // A conversation may end with a call: the model then learns to make it.
    if (!lastCalls) {
      check.close();
    }
  }

  private static boolean usesTools(List<?> messages) {
    for (Object item : messages) {
      if (item instanceof Map<?, ?> message
          && (message.get("tool_calls") != null
              || message.get("function_call") != null
              || "tool".equals(message.get("role"))
              || "function".equals(message.get("role")))) {
        return true;
      }
    }
    return false;
  }

  private void message(Map<?, ?> message, String path) {
    Object role = message.get("role");
    if ("tool".equals(role)) {
      result(message.get("tool_call_id"), path);
    } else if ("function".equals(role)) {
      functionResult(path);
    } else {
      close();
      if (message.get("tool_calls") instanceof List<?> calls && "assistant".equals(role)) {
        for (int i = 0; i < calls.size(); i++) {
          call(calls.get(i), path + ".tool_calls[" + i + "]");
        }
      }
      if (message.get("function_call") instanceof Map<?, ?> call) {
        openFunction = path + ".function_call";
        declaredName(call.get("name"), path + ".function_call");
      }
    }
  }

  private void call(@Nullable Object item, String path) {
    if (!(item instanceof Map<?, ?> call) || !(call.get("id") instanceof String id)) {
      return;
    }
    if (!seen.add(id)) {
      out.error(
          "duplicate-tool-call-id",
          path + ".id",
          "The id \"" + id + "\" is used by two calls.",
          "Give each call of a conversation its own id.");
    }
    open.put(id, path);
    order.add(id);
    if (call.get("function") instanceof Map<?, ?> function) {
      declaredName(function.get("name"), path + ".function");
    }
  }

  private void declaredName(@Nullable Object name, String path) {
    if (MessageCheck.isToolName(name) && !declared.contains(name)) {
      out.warning(
          "undeclared-tool",
          path + ".name",
          "The tool \"" + name + "\" is called but not declared.",
          "Add it to tools, as in your requests.");
    }
  }

  private void result(@Nullable Object id, String path) {
    if (!(id instanceof String text) || text.isBlank() || open.remove(text) != null) {
      return;
    }
    boolean known = seen.contains(text);
    out.error(
        known ? "repeated-tool-result" : "tool-result-without-call",
        path + ".tool_call_id",
        known
            ? "The call \"" + text + "\" already has its result, or is too far back."
            : "No call before this result has the id \"" + text + "\".",
        "Put one result for each call directly after the message with the calls.");
  }

  private void functionResult(String path) {
    if (openFunction == null) {
      out.error(
          "tool-result-without-call",
          path,
          "No function was called before this result.",
          "Put the result directly after the message with the call.");
    }
    openFunction = null;
  }

  private void close() {
    for (String id : order) {
      String path = open.remove(id);
      if (path != null) {
        missing(path, "The call \"" + id + "\" has no result.");
      }
    }
    order.clear();
    if (openFunction != null) {
      missing(openFunction, "The function call has no result.");
      openFunction = null;
    }
  }

  private void missing(String path, String fact) {
    out.error(
        "tool-call-without-result",
        path,
        fact,
        "Add the tool message directly after the message with the call.");
  }

  /** Checks the declarations in {@code holder} and returns the valid names. */
  static Set<String> declarations(Map<?, ?> holder, String path, RecordFindings out) {
    Set<String> names = new HashSet<>();
    Object tools = holder.get("tools");
    if (tools instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        tool(list.get(i), path + ".tools[" + i + "]", names, out);
      }
    } else if (tools != null) {
      out.error(
          INVALID_TOOL,
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
          INVALID_TOOL,
          path + ".functions",
          "The functions are not a list of at most 128.",
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
          INVALID_TOOL,
          path,
          "A tool is not an object with the type function.",
          "Write {\"type\":\"function\",\"function\":{...}}.");
      return;
    }
    function(tool.get("function"), path + ".function", names, out);
  }

  private static void function(
      @Nullable Object item, String path, Set<String> names, RecordFindings out) {
    if (!(item instanceof Map<?, ?> function)
        || !(function.get("name") instanceof String name)
        || !MessageCheck.isToolName(name)) {
      out.error(
          INVALID_TOOL,
          path,
          "The name of a declared tool is missing or invalid.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
      return;
    }
    if (!names.add(name)) {
      out.error(
          INVALID_TOOL,
          path + ".name",
          "Two tools are named \"" + name + "\".",
          "Rename one of them.");
    }
    Object parameters = function.get("parameters");
    if (parameters != null && !(parameters instanceof Map)) {
      out.error(
          INVALID_TOOL,
          path + ".parameters",
          "The parameters are " + Json.kind(parameters) + ".",
          "Write them as an object that is a JSON Schema.");
    }
  }
}
