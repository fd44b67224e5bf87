package dev.finetune4j.dataset;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical records of examples: OpenAI's formats, which can represent everything in an
 * example. {@link Fingerprint} hashes them, and validation checks examples that do not come from a
 * file in this form. Stateless.
 */
public final class ExampleRecords {
  private ExampleRecords() {}

  /** Returns an example as a tree of JSON values, members in the usual order. */
  public static Map<String, @Nullable Object> of(Example example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    if (example instanceof ChatExample chat) {
      record.put("messages", of(chat.messages()));
      putTools(record, chat.tools(), chat.parallelToolCalls());
    } else if (example instanceof PreferenceExample pair) {
      Map<String, @Nullable Object> input = new LinkedHashMap<>(4);
      input.put("messages", of(pair.prompt()));
      putTools(input, pair.tools(), pair.parallelToolCalls());
      record.put("input", input);
      record.put("preferred_output", of(List.of(pair.preferred())));
      record.put("non_preferred_output", of(List.of(pair.rejected())));
    } else if (example instanceof PromptExample asked) {
      record.put("messages", of(asked.prompt()));
      putTools(record, asked.tools(), true);
      asked
          .reference()
          .forEach(
              (name, value) ->
                  record.put(name, value.json() ? Json.parse(value.text()) : value.text()));
    }
    return record;
  }

  private static void putTools(
      Map<String, @Nullable Object> record, List<ToolDefinition> tools, boolean parallel) {
    if (!tools.isEmpty()) {
      record.put("tools", ofTools(tools));
    }
    if (!parallel) {
      record.put("parallel_tool_calls", false);
    }
  }

  /** Returns messages as a list of objects. */
  public static List<Map<String, @Nullable Object>> of(List<Message> messages) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>(messages.size());
    messages.forEach(message -> list.add(of(message)));
    return list;
  }

  private static Map<String, @Nullable Object> of(Message message) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    record.put("role", message.role().word());
    message.name().ifPresent(name -> record.put("name", name));
    message.toolCallId().ifPresent(id -> record.put("tool_call_id", id));
    if (!message.content().isEmpty() || message.toolCalls().isEmpty()) {
      record.put("content", content(message.content()));
    }
    if (!message.toolCalls().isEmpty()) {
      record.put("tool_calls", message.toolCalls().stream().map(ExampleRecords::of).toList());
    }
    if (message.role() == Role.ASSISTANT && !message.trained()) {
      record.put("weight", 0L);
    }
    return record;
  }

  private static Object content(List<ContentPart> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text) {
      return text.text();
    }
    return parts.stream().map(ExampleRecords::of).toList();
  }

  private static Map<String, Object> of(ContentPart part) {
    Map<String, Object> record = new LinkedHashMap<>(4);
    if (part instanceof ContentPart.Image image) {
      record.put("type", "image_url");
      Map<String, Object> location = new LinkedHashMap<>(4);
      location.put("url", image.location().toString());
      image.detail().ifPresent(word -> location.put("detail", word));
      record.put("image_url", location);
    } else if (part instanceof ContentPart.Refusal refusal) {
      record.put("type", "refusal");
      record.put("refusal", refusal.text());
    } else {
      record.put("type", "text");
      record.put("text", part.text());
    }
    return record;
  }

  private static Map<String, Object> of(ToolCall call) {
    Map<String, Object> function = new LinkedHashMap<>(4);
    function.put("name", call.name());
    function.put("arguments", call.argumentsJson());
    Map<String, Object> record = new LinkedHashMap<>(4);
    record.put("id", call.id());
    record.put("type", "function");
    record.put("function", function);
    return record;
  }

  /** Returns declared tools as a list of objects. */
  public static List<Object> ofTools(List<ToolDefinition> tools) {
    List<Object> list = new ArrayList<>(tools.size());
    for (ToolDefinition tool : tools) {
      Map<String, @Nullable Object> function = new LinkedHashMap<>(4);
      function.put("name", tool.name());
      if (!tool.description().isEmpty()) {
        function.put("description", tool.description());
      }
      function.put("parameters", tree(tool.parametersJson()));
      if (tool.strict()) {
        function.put("strict", true);
      }
      Map<String, Object> outer = new LinkedHashMap<>(4);
      outer.put("type", "function");
      outer.put("function", function);
      list.add(outer);
    }
    return list;
  }

  private static @Nullable Object tree(String json) {
    try {
      return Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("The parameters of a tool are not JSON: " + json, e);
    }
  }
}
