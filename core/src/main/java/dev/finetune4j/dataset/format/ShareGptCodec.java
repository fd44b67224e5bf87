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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"conversations": [{"from": "human", "value": "..."}, ...]}}. Turns of calls
 * that follow each other, or the text of the assistant, are one message.
 */
final class ShareGptCodec extends Grammar<ChatExample> {
  private static final String RULE = "invalid-record";
  private static final String INVALID_CALL = "invalid-tool-call";
  private static final String CALL_FORM =
      "Write the call as {\"name\": \"...\", \"arguments\": {...}}, or a list of calls.";

  ShareGptCodec() {
    super("sharegpt", ChatExample.class);
  }

  @Override
  @Nullable ChatExample read(RecordNode root) {
    RecordNode turns = root.find("conversations");
    RecordNode system = root.find("system");
    RecordNode declared = root.find("tools");
    root.find("id");
    root.warnOfUnread("an example");
    List<ToolDefinition> tools = new ArrayList<>();
    if (declared != null) {
      ToolGrammar.readTools(declared, true, tools);
    }
    Conversation conversation = new Conversation(ToolGrammar.names(tools));
    if (system != null && !"".equals(system.value())) {
      String text = system.text(RULE, "Write it as a string.");
      MessageGrammar.checkText(system);
      conversation.add(Message.system(text), system, List.of());
    }
    if (turns == null || !turns.isList()) {
      root.fail(
          "missing-messages",
          "The member \"conversations\" is " + (turns == null ? "missing" : turns.kind()) + ".",
          "Add the list of turns, each with from and value.");
    } else if (turns.items().isEmpty()) {
      turns.error("empty-messages", "The list of turns is empty.", "Fill it, or remove the line.");
    } else {
      turns.items().forEach(turn -> turn(turn, conversation));
      conversation.finishTraining(turns);
    }
    return root.failed() ? null : new ChatExample(conversation.messages(), tools);
  }

  private static void turn(RecordNode turn, Conversation into) {
    RecordNode from = turn.find("from");
    RecordNode value = turn.find("value");
    Role role = from == null ? null : role(from);
    boolean trained = MessageGrammar.readTrained(turn, role == null ? "" : role.word());
    turn.warnOfUnread("a turn");
    if (from == null || value == null) {
      turn.fail(
          "invalid-message",
          "A turn has no member \"" + (from == null ? "from" : "value") + "\".",
          "Write each turn as an object with from and value.");
      into.addUnclear(turn);
    } else if (role == null) {
      from.fail(
          "unknown-role",
          "Unknown sender " + Json.write(from.value()) + ".",
          "Use human, gpt, system, function_call or observation.");
      into.addUnclear(turn);
    } else if ("function_call".equals(from.value())) {
      calls(turn, value, trained, into);
    } else {
      String text = value.text("invalid-content", "Write it as a string.");
      MessageGrammar.checkText(value);
      Message message =
          role == Role.TOOL ? Message.tool(answered(turn, into), text) : Message.of(role, text);
      into.add(trained ? message : message.untrained(), turn, List.of());
    }
  }

  private static @Nullable Role role(RecordNode from) {
    return switch (String.valueOf(from.value())) {
      case "human", "user" -> Role.USER;
      case "gpt", "assistant", "chatgpt", "model", "bot", "function_call" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      case "observation", "tool", "function_response" -> Role.TOOL;
      default -> null;
    };
  }

  private static String answered(RecordNode turn, Conversation into) {
    String id = into.answerNext(null);
    if (id == null) {
      turn.error(
          "tool-result-without-call",
          "No tool was called before this result.",
          "Put one result for each call directly after the calls, in their order.");
      return "";
    }
    return id;
  }

  private static void calls(RecordNode turn, RecordNode value, boolean trained, Conversation into) {
    RecordNode parsed = value.isText() ? value.json(INVALID_CALL, CALL_FORM) : value;
    if (parsed == null) {
      into.addUnclear(turn);
      return;
    }
    List<RecordNode> functions = parsed.isList() ? parsed.items() : List.of(parsed);
    if (functions.isEmpty()) {
      value.error(INVALID_CALL, "The list of calls is empty.", CALL_FORM);
    }
    for (RecordNode function : functions) {
      int index = into.messages().size() - (into.lastIf(Role.ASSISTANT) == null ? 0 : 1);
      ToolCall call = ToolGrammar.readCall(function, into.newId(index), false);
      Conversation.CallPlace place = new Conversation.CallPlace(turn, value);
      if (call == null) {
        into.addUnclear(turn);
      } else if (into.lastIf(Role.ASSISTANT) != null) {
        into.addCall(call, place, trained);
      } else {
        Message message = Message.calling(List.of(call));
        into.add(trained ? message : message.untrained(), turn, List.of(place));
      }
    }
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    List<Object> turns = new ArrayList<>();
    for (Message message : inOrderOfCalls(example.messages())) {
      if (message.toolCalls().isEmpty() || !message.text().isEmpty()) {
        turns.add(turn(message, word(message.role()), message.text()));
      }
      for (ToolCall call : message.toolCalls()) {
        turns.add(turn(message, "function_call", callJson(call)));
      }
    }
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("conversations", turns);
    if (!example.tools().isEmpty()) {
      record.put("tools", Json.write(ExampleRecords.ofTools(example.tools())));
    }
    return record;
  }

  /** Returns the messages with the results of several calls in the order of the calls. */
  private static List<Message> inOrderOfCalls(List<Message> messages) {
    List<Message> ordered = new ArrayList<>(messages);
    for (int i = 0; i < ordered.size(); i++) {
      List<String> ids = ordered.get(i).toolCalls().stream().map(ToolCall::id).toList();
      int to = i + 1;
      while (to < ordered.size() && ordered.get(to).role() == Role.TOOL) {
        to++;
      }
      if (ids.size() > 1) {
        ordered
            .subList(i + 1, to)
            .sort(Comparator.comparingInt(result -> ids.indexOf(result.toolCallId().orElse(""))));
      }
    }
    return ordered;
  }

  private static Map<String, Object> turn(Message message, String from, String value) {
    Map<String, Object> turn = new LinkedHashMap<>(4);
    turn.put("from", from);
    turn.put("value", value);
    if (message.role() == Role.ASSISTANT && !message.trained()) {
      turn.put("weight", 0L);
    }
    return turn;
  }

  private static String word(Role role) {
    return switch (role) {
      case SYSTEM, DEVELOPER -> "system";
      case USER -> "human";
      case ASSISTANT -> "gpt";
      case TOOL -> "observation";
    };
  }

  private static String callJson(ToolCall call) {
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
    for (int i = 1; i < messages.size(); i++) {
      if (messages.get(i - 1).role() == Role.ASSISTANT
          && !messages.get(i).toolCalls().isEmpty()
          && !lost.contains("limits between assistant messages")) {
        lost.add("limits between assistant messages");
      }
    }
    return lost;
  }
}
