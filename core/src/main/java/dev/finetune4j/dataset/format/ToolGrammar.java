package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tool declarations and tool calls, as OpenAI and Hugging Face write them, with the older functions
 * and function_call.
 */
final class ToolGrammar {
  static final String HUGGING_FACE = "hugging-face-tools";
  private static final String INVALID_TOOL = "invalid-tool";
  private static final String INVALID_CALL = "invalid-tool-call";
  private static final String INVALID_ARGUMENTS = "invalid-tool-arguments";
  private static final int MAXIMUM_FUNCTIONS = 128;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private ToolGrammar() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static Set<String> names(List<ToolDefinition> tools) {
    if (tools.isEmpty()) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    tools.forEach(tool -> names.add(tool.name()));
    return names;
  }

  /** Reads the members {@code tools} and {@code functions} of an object. */
  static List<ToolDefinition> readTools(RecordNode holder) {
    RecordNode declared = holder.find("tools");
    RecordNode functions = holder.find("functions");
    if (declared == null && functions == null) {
      return List.of();
    }
    List<ToolDefinition> tools = new ArrayList<>();
    if (declared != null) {
      readTools(declared, false, tools);
    }
    if (functions != null) {
      List<RecordNode> items = functions.items();
      if (!functions.isList() || items.size() > MAXIMUM_FUNCTIONS) {
        functions.fail(
            INVALID_TOOL, "The functions are not a list of at most 128.", "Declare them as tools.");
      }
      items.forEach(function -> function(function, tools));
    }
    return tools;
  }

  /**
   * Reads a list of tools, or a string with one.
   *
   * @param bare whether a tool may also be its function alone, as in ShareGPT data
   */
  static void readTools(RecordNode declared, boolean bare, List<ToolDefinition> tools) {
    if (declared.isText()) {
      RecordNode parsed =
          String.valueOf(declared.value()).isBlank()
              ? declared.with(List.of())
              : declared.json(INVALID_TOOL, "Write the tools as a list.");
      if (parsed != null) {
        if (!bare) {
          declared.note(
              HUGGING_FACE,
              "The tools are a string that contains JSON.",
              "Nothing to do here; to upload the file by other means, write a list.");
        }
        readTools(parsed.isText() ? parsed.with(null) : parsed, bare, tools);
      }
      return;
    }
    if (!declared.isList()) {
      declared.fail(
          INVALID_TOOL, "The tools are " + declared.kind() + ".", "Write them as a list.");
    }
    for (RecordNode tool : declared.items()) {
      RecordNode function = tool.find("function");
      RecordNode type = tool.find("type");
      if (bare && function == null) {
        function(tool, tools);
      } else if (!tool.isObject() || type == null || !"function".equals(type.value())) {
        tool.fail(
            INVALID_TOOL,
            "A tool is not an object with the type function.",
            "Write {\"type\":\"function\",\"function\":{...}}.");
      } else {
        tool.warnOfUnread("a tool");
        function(function == null ? tool.at("function") : function, tools);
      }
    }
  }

  private static void function(RecordNode function, List<ToolDefinition> tools) {
    RecordNode name = function.find("name");
    RecordNode description = function.find("description");
    RecordNode parameters = function.find("parameters");
    RecordNode strict = function.find("strict");
    if (name == null || !(name.value() instanceof String word) || word.isEmpty()) {
      function.fail(
          INVALID_TOOL,
          "The name of a declared tool is missing or invalid.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
      return;
    }
    if (!isName(word)) {
      function.error(
          INVALID_TOOL,
          "The name of a declared tool is missing or invalid.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
    } else if (tools.stream().anyMatch(tool -> tool.name().equals(word))) {
      name.error(INVALID_TOOL, "Two tools are named \"" + word + "\".", "Rename one of them.");
    }
    if (parameters != null && !parameters.isObject()) {
      parameters.error(
          INVALID_TOOL,
          "The parameters are " + parameters.kind() + ".",
          "Write them as an object that is a JSON Schema.");
    }
    if (strict != null && !(strict.value() instanceof Boolean)) {
      strict.fail(
          INVALID_TOOL, "The member strict is " + strict.kind() + ".", "Use true or false.");
    }
    function.warnOfUnread("a function");
    tools.add(
        new ToolDefinition(
            word,
            description == null ? "" : description.text(INVALID_TOOL, "Write it as a string."),
            parameters == null ? "{}" : Json.write(parameters.value()),
            strict != null && Boolean.TRUE.equals(strict.value())));
  }

  /** Reads whether several tools may be called at once; true by default. */
  static boolean readParallel(RecordNode holder) {
    RecordNode parallel = holder.find("parallel_tool_calls");
    if (parallel == null) {
      return true;
    }
    if (!(parallel.value() instanceof Boolean flag)) {
      parallel.fail(
          "invalid-parallel-tool-calls",
          "The member is " + parallel.kind() + ".",
          "Use true or false, or leave it out.");
      return true;
    }
    return flag;
  }

  /** Reads calls into {@code calls}, and the place of each function into {@code places}. */
  static void readCalls(
      RecordNode list,
      Conversation into,
      List<ToolCall> calls,
      List<Conversation.CallPlace> places) {
    List<RecordNode> items = list.items();
    if (!list.isList()) {
      list.fail(
          INVALID_CALL,
          "The tool calls are " + list.kind() + ".",
          "Write a list of calls, or leave the member out.");
    } else if (items.isEmpty()) {
      list.error(
          INVALID_CALL,
          "The tool calls are an empty list.",
          "Write a list of calls, or leave the member out.");
    }
    for (RecordNode item : items) {
      if (!item.isObject()) {
        item.fail(
            INVALID_CALL,
            "A tool call is " + item.kind() + ".",
            "Write an object with id, type and function.");
        continue;
      }
      RecordNode id = item.find("id");
      RecordNode type = item.find("type");
      boolean flat = item.has("name") && !item.has("function");
      RecordNode function = flat ? item : item.find("function");
      if (type != null && !"function".equals(type.value())) {
        item.error(
            INVALID_CALL,
            "A tool call does not have the type function.",
            "Add \"type\":\"function\".");
      }
      if (flat) {
        item.note(
            HUGGING_FACE,
            "The name and the arguments of a call are not in a member \"function\".",
            "Nothing to do here; to upload the file by other means, write"
                + " {\"type\":\"function\",\"function\":{...}}.");
      }
      String key = id(id, item, into);
      if (function == null) {
        item.fail(
            INVALID_CALL, "A tool call has no function.", "Add an object with name and arguments.");
      }
      ToolCall call = function == null ? null : readCall(function, key, true);
      if (function != null && call != null) {
        calls.add(call);
        places.add(new Conversation.CallPlace(item, function.at("name")));
      }
      if (!flat) {
        item.warnOfUnread("a tool call");
      }
    }
  }

  private static String id(@Nullable RecordNode id, RecordNode call, Conversation into) {
    if (id == null) {
      call.note(
          HUGGING_FACE,
          "A tool call has no id.",
          "Nothing to do here; to upload the file by other means, add an id and repeat it in the"
              + " result.");
      return into.newId(0);
    }
    String text = id.text(INVALID_CALL, "Write the id as a string.");
    if (text.isBlank()) {
      call.error(INVALID_CALL, "A tool call has no id.", "Add an id, and repeat it in the result.");
    } else {
      into.useId(text, call);
    }
    return text;
  }

  /**
   * Reads the name and the arguments of a call; null if it has none.
   *
   * @param text whether the format has the arguments as a string, so that an object is noted
   */
  static @Nullable ToolCall readCall(RecordNode function, String id, boolean text) {
    if (!function.isObject()) {
      function.fail(
          INVALID_CALL, "A tool call has no function.", "Add an object with name and arguments.");
      return null;
    }
    RecordNode name = function.find("name");
    RecordNode arguments = function.find("arguments");
    if (name == null || !name.isText()) {
      function
          .at("name")
          .fail(
              INVALID_CALL,
              "The name of the tool is missing or invalid.",
              "Use 1 to 64 letters, digits, underscores and dashes.");
    } else if (!isName(String.valueOf(name.value()))) {
      name.error(
          INVALID_CALL,
          "The name of the tool is missing or invalid.",
          "Use 1 to 64 letters, digits, underscores and dashes.");
    }
    function.warnOfUnread("a function call");
    String json = arguments(arguments == null ? function.at("arguments") : arguments, text);
    return name == null ? null : new ToolCall(id, String.valueOf(name.value()), json);
  }

  private static String arguments(RecordNode arguments, boolean text) {
    if (arguments.isObject()) {
      if (text) {
        arguments.note(
            HUGGING_FACE,
            "The arguments are an object, as in Hugging Face's data.",
            "Nothing to do here; to upload the file by other means, write a string of JSON.");
      }
      return Json.write(arguments.value());
    }
    if (!(arguments.value() instanceof String json)) {
      arguments.fail(
          INVALID_ARGUMENTS,
          "The arguments are " + arguments.kind() + ".",
          "Write them as a string that contains a JSON object.");
      return "";
    }
    if (!isObject(json)) {
      arguments.error(
          INVALID_ARGUMENTS,
          "The arguments are a string, but not a JSON object.",
          "Correct the JSON: the model would learn to write it this way.");
    }
    return json;
  }

  private static boolean isObject(String json) {
    try {
      return Json.parse(json) instanceof Map;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }
}
