package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format {@code {"conversations": [{"from": "human", "value": "..."}, ...]}}. */
final class ShareGptCodec implements ExampleCodec<ChatExample> {

  @Override
  public String name() {
    return "sharegpt";
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    RecordNode root = RecordNode.root(record);
    List<Message> messages = new ArrayList<>();
    RecordNode system = root.find("system");
    if (system != null && !system.text().isEmpty()) {
      messages.add(Message.system(system.text()));
    }
    String lastCall = "";
    for (RecordNode turn : root.member("conversations").items()) {
      Message message = message(turn, lastCall, messages.size());
      messages.add(message);
      if (!message.toolCalls().isEmpty()) {
        lastCall = message.toolCalls().get(0).id();
      }
    }
    return new ChatExample(messages, tools(root));
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    List<Object> turns = new ArrayList<>();
    for (Message message : example.messages()) {
      if (message.toolCalls().isEmpty() || !message.text().isEmpty()) {
        turns.add(turn(word(message.role()), message.text()));
      }
      for (ToolCall call : message.toolCalls()) {
        turns.add(turn("function_call", callJson(call)));
      }
    }
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("conversations", turns);
    if (!example.tools().isEmpty()) {
      record.put("tools", Json.write(ExampleRecords.ofTools(example.tools())));
    }
    return record;
  }

  private static Map<String, Object> turn(String from, String value) {
    Map<String, Object> turn = new LinkedHashMap<>(4);
    turn.put("from", from);
    turn.put("value", value);
    return turn;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTurns(example);
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(message -> message.role() == Role.DEVELOPER)) {
      lost.add("the developer role (written as system)");
    }
    if (messages.stream().anyMatch(message -> !message.toolCalls().isEmpty())) {
      lost.add("tool call ids");
    }
    return lost;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return ConversionLosses.unread(record, List.of("conversations", "system", "tools", "id"));
  }

  @Override
  public String locate(String path) {
    return path.replace("$.messages", "$.conversations").replace("].content", "].value");
  }

  static Message message(RecordNode turn, String lastCall, int index) {
    RecordNode from = turn.member("from");
    String value = turn.member("value").text();
    return switch (from.text()) {
      case "human", "user" -> Message.user(value);
      case "gpt", "assistant", "chatgpt", "model" -> Message.assistant(value);
      case "system" -> Message.system(value);
      case "observation", "tool", "function_response" -> Message.tool(lastCall, value);
      case "function_call" -> Message.calling(List.of(call(turn.member("value"), index)));
      default ->
          throw from.broken(
              "Unknown sender \""
                  + from.text()
                  + "\"; expected human, gpt, system, function_call or observation.");
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

  static String callJson(ToolCall call) {
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
      throw value.broken("This text must be JSON. " + e.getMessage());
    }
  }
}
