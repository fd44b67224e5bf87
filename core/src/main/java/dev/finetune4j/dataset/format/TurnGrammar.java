package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns of a conversation in the words of a layout, as ShareGPT data has them. Turns of calls that
 * follow each other, or the text of the assistant, are one message. Turns with role and content are
 * read as messages.
 */
final class TurnGrammar {
  private static final String INVALID_CALL = "invalid-tool-call";
  private static final String CALL_FORM =
      "Write the call as {\"name\": \"...\", \"arguments\": {...}}, or a list of calls.";

  private final TurnLayout layout;

  TurnGrammar(TurnLayout layout) {
    this.layout = layout;
  }

  /** Reads the list of turns of a record, which may be missing only to be reported. */
  void readList(RecordNode root, @Nullable RecordNode turns, Pictures pictures, Conversation into) {
    if (turns == null || !turns.isList()) {
      root.fail(
          "missing-messages",
          "The member \""
              + root.nameOf("conversations")
              + "\" is "
              + (turns == null ? "missing" : turns.kind())
              + ".",
          "Add the list of turns, each with " + layout.from() + " and " + layout.value() + ".");
    } else if (turns.items().isEmpty()) {
      turns.error("empty-messages", "The list of turns is empty.", "Fill it, or remove the line.");
    } else {
      turns.items().forEach(turn -> read(turn, pictures, into));
    }
  }

  /** Reads one turn. */
  void read(RecordNode turn, Pictures pictures, Conversation into) {
    // OpenAI's members of a message say more than a turn can.
    boolean whole = turn.has("tool_calls") || turn.has("tool_call_id");
    if (turn.has("role") && (whole || !turn.has(layout.from()))) {
      MessageGrammar.read(turn, into);
      return;
    }
    RecordNode from = turn.find(layout.from());
    RecordNode value = turn.find(layout.value());
    TurnLayout.Speaker speaker = from == null ? null : layout.speaker(String.valueOf(from.value()));
    boolean trained =
        MessageGrammar.readTrained(turn, speaker == null ? "" : speaker.role().word(), true);
    turn.warnOfUnread("a turn");
    if (from == null || value == null) {
      turn.fail(
          "invalid-message",
          "A turn has no member \"" + (from == null ? layout.from() : layout.value()) + "\".",
          "Write each turn as an object with " + layout.from() + " and " + layout.value() + ".");
      into.addUnclear(turn);
    } else if (speaker == null) {
      from.fail(
          "unknown-role",
          "Unknown sender " + Json.write(from.value()) + ".",
          "Use " + knownWords() + ".");
      into.addUnclear(turn);
    } else if (speaker == TurnLayout.Speaker.CALL) {
      calls(turn, value, trained, into);
    } else {
      String text = value.text("invalid-content", "Write it as a string.");
      MessageGrammar.checkText(value);
      Role role = speaker.role();
      Message message =
          role == Role.TOOL
              ? Message.tool(answered(turn, into), text)
              : pictures.message(role, text, value);
      into.add(trained ? message : message.untrained(), turn, List.of());
    }
  }

  private String knownWords() {
    List<String> words =
        List.of(
                TurnLayout.Speaker.USER,
                TurnLayout.Speaker.ASSISTANT,
                TurnLayout.Speaker.SYSTEM,
                TurnLayout.Speaker.CALL,
                TurnLayout.Speaker.RESULT)
            .stream()
            .map(layout::word)
            .toList();
    return words.subList(0, 4).stream().collect(Collectors.joining(", ")) + " or " + words.get(4);
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

  /** Returns the functions that a call's value names; none after reporting what is wrong. */
  static List<RecordNode> functions(RecordNode call, @Nullable RecordNode value) {
    if (value == null) {
      call.fail(INVALID_CALL, "The call has no value.", CALL_FORM);
      return List.of();
    }
    RecordNode parsed = value.isText() ? value.json(INVALID_CALL, CALL_FORM) : value;
    if (parsed == null) {
      return List.of();
    }
    List<RecordNode> functions = parsed.isList() ? parsed.items() : List.of(parsed);
    if (functions.isEmpty()) {
      value.error(INVALID_CALL, "The list of calls is empty.", CALL_FORM);
    }
    return functions;
  }

  private static void calls(RecordNode turn, RecordNode value, boolean trained, Conversation into) {
    List<RecordNode> functions = functions(turn, value);
    if (functions.isEmpty()) {
      into.addUnclear(turn);
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

  /** Returns the messages with the results of several calls in the order of the calls. */
  static List<Message> inOrderOfCalls(List<Message> messages) {
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

  /** Writes messages as turns. */
  List<Object> write(List<Message> messages) {
    List<Object> turns = new ArrayList<>();
    for (Message message : inOrderOfCalls(messages)) {
      if (message.toolCalls().isEmpty() || !message.text().isEmpty()) {
        turns.add(turn(message, speaker(message.role()), message.text()));
      }
      for (ToolCall call : message.toolCalls()) {
        turns.add(turn(message, TurnLayout.Speaker.CALL, Json.write(callTree(call))));
      }
    }
    return turns;
  }

  /** Writes an answer as one turn: its calls, or else its text. */
  Map<String, Object> writeAnswer(Message answer) {
    List<ToolCall> calls = answer.toolCalls();
    if (calls.isEmpty()) {
      return turn(answer, TurnLayout.Speaker.ASSISTANT, answer.text());
    }
    Object tree =
        calls.size() == 1
            ? callTree(calls.get(0))
            : calls.stream().map(TurnGrammar::callTree).toList();
    return turn(answer, TurnLayout.Speaker.CALL, Json.write(tree));
  }

  private Map<String, Object> turn(Message message, TurnLayout.Speaker speaker, String value) {
    Map<String, Object> turn = new LinkedHashMap<>(4);
    turn.put(layout.from(), layout.word(speaker));
    turn.put(layout.value(), value);
    if (message.role() == Role.ASSISTANT && !message.trained()) {
      turn.put("weight", 0L);
    }
    return turn;
  }

  private static TurnLayout.Speaker speaker(Role role) {
    return switch (role) {
      case SYSTEM, DEVELOPER -> TurnLayout.Speaker.SYSTEM;
      case USER -> TurnLayout.Speaker.USER;
      case ASSISTANT -> TurnLayout.Speaker.ASSISTANT;
      case TOOL -> TurnLayout.Speaker.RESULT;
    };
  }

  /** Returns whether the arguments of a call are read as they are written, to the character. */
  static boolean keepsArguments(ToolCall call) {
    Object arguments = callTree(call).get("arguments");
    String written =
        arguments instanceof Map
            ? Json.write(arguments)
            : arguments instanceof String text ? text : "";
    return written.equals(call.argumentsJson());
  }

  private static Map<String, @Nullable Object> callTree(ToolCall call) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(4);
    tree.put("name", call.name());
    Object arguments;
    try {
      arguments = Json.parse(call.argumentsJson());
    } catch (JsonSyntaxException e) {
      arguments = call.argumentsJson();
    }
    tree.put("arguments", arguments);
    return tree;
  }
}
