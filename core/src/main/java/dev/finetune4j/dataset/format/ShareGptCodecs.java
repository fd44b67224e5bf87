package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The formats of {@code {"conversations": [{"from": "human", "value": "..."}, ...]}}. */
final class ShareGptCodecs {
  private static final String RULE = "invalid-record";

  private static final String EMPTY_TEXTS = "empty texts beside tool calls";

  private ShareGptCodecs() {}

  /** What stands before and beside the turns of both formats. */
  private record Start(Conversation conversation, List<ToolDefinition> tools, Pictures pictures) {

    static Start read(RecordNode root) {
      RecordNode system = root.find("system");
      RecordNode declared = root.find("tools");
      Pictures pictures = Pictures.read(root);
      root.find("id");
      root.warnOfUnread("an example");
      List<ToolDefinition> tools = new ArrayList<>();
      if (declared != null) {
        ToolGrammar.readTools(declared, true, tools);
      }
      Conversation conversation = new Conversation(ToolGrammar.names(tools), pictures);
      if (system != null && !"".equals(system.value())) {
        String text = system.text(RULE, "Write it as a string.");
        MessageGrammar.checkText(system);
        conversation.add(Message.system(text), system, List.of());
      }
      return new Start(conversation, tools, pictures);
    }
  }

  private static Map<String, @Nullable Object> record(
      Example example, List<Message> messages, TurnGrammar turns) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("conversations", turns.write(messages));
    if (!example.tools().isEmpty()) {
      record.put("tools", Json.write(ExampleRecords.ofTools(example.tools())));
    }
    return record;
  }

  private static List<String> lost(List<Message> messages, boolean parallel) {
    List<String> lost = ConversionLosses.ofTurns(messages, parallel);
    if (messages.stream().anyMatch(message -> message.role() == Role.DEVELOPER)) {
      lost.add("the developer role (written as system)");
    }
    return lost;
  }

  /** Adds what is lost of the calls, whose ids the reader makes anew. */
  private static void addCalls(List<Message> messages, List<String> lost) {
    if (!TurnGrammar.inOrderOfCalls(messages).equals(messages)) {
      lost.add("the order of tool results");
    }
    Conversation ids = new Conversation(Set.of());
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      boolean emptyText = !message.content().isEmpty() && message.text().isEmpty();
      if (emptyText && !message.toolCalls().isEmpty() && !lost.contains(EMPTY_TEXTS)) {
        lost.add(EMPTY_TEXTS);
      }
      for (ToolCall call : message.toolCalls()) {
        if (!ids.newId(i).equals(call.id()) && !lost.contains("tool call ids")) {
          lost.add("tool call ids");
        }
        if (!TurnGrammar.keepsArguments(call) && !lost.contains("the spelling of arguments")) {
          lost.add("the spelling of arguments");
        }
      }
    }
  }

  /** Whole conversations. */
  static final class Chat extends Grammar<ChatExample> {
    private final TurnGrammar turns;

    Chat(TurnLayout layout) {
      super("sharegpt", ChatExample.class);
      turns = new TurnGrammar(layout);
    }

    @Override
    @Nullable ChatExample read(RecordNode root) {
      RecordNode list = root.findAny("conversations", "messages");
      Unpaired.refuse(root);
      Start start = Start.read(root);
      turns.readList(root, list, start.pictures(), start.conversation());
      start.pictures().finish();
      if (list != null && !start.conversation().isEmpty()) {
        start.conversation().finishTraining(list);
      }
      return root.failed() ? null : new ChatExample(start.conversation().messages(), start.tools());
    }

    @Override
    public Map<String, @Nullable Object> toRecord(ChatExample example) {
      return record(example, example.messages(), turns);
    }

    @Override
    public List<String> lostInWriting(ChatExample example) {
      List<Message> messages = example.messages();
      List<String> lost = lost(messages, example.parallelToolCalls());
      for (int i = 1; i < messages.size(); i++) {
        if (messages.get(i - 1).role() == Role.ASSISTANT
            && !messages.get(i).toolCalls().isEmpty()
            && !lost.contains("boundaries between assistant messages")) {
          lost.add("boundaries between assistant messages");
        }
      }
      addCalls(messages, lost);
      return lost;
    }
  }

  /** A conversation and two answers to it: {@code chosen} and {@code rejected}, each one turn. */
  static final class Preference extends Grammar<PreferenceExample> {
    private final TurnGrammar turns;

    Preference(TurnLayout layout) {
      super("sharegpt-preference", PreferenceExample.class);
      turns = new TurnGrammar(layout);
    }

    @Override
    @Nullable PreferenceExample read(RecordNode root) {
      RecordNode list = root.findAny("conversations", "messages");
      RecordNode chosen = root.find("chosen");
      RecordNode rejected = root.find("rejected");
      Start start = Start.read(root);
      turns.readList(root, list, start.pictures(), start.conversation());
      start.pictures().finish();
      if (list != null && !start.conversation().isEmpty()) {
        start.conversation().finishPrompt(list);
        Pairs.checkPrompt(start.conversation());
      }
      Message better = answer(root, "chosen", chosen, start);
      Message worse = answer(root, "rejected", rejected, start);
      if (better == null || worse == null || rejected == null || root.failed()) {
        return null;
      }
      Pairs.checkDifferent(better, worse, rejected);
      return new PreferenceExample(start.conversation().messages(), better, worse, start.tools());
    }

    private @Nullable Message answer(
        RecordNode root, String name, @Nullable RecordNode node, Start start) {
      if (node == null) {
        root.fail(
            "missing-output",
            "The member \"" + root.nameOf(name) + "\" is missing.",
            "Add both answers.");
        return null;
      }
      RecordNode turn = node.isList() && node.items().size() == 1 ? node.items().get(0) : node;
      if (!turn.isObject()) {
        node.fail(
            "invalid-output",
            "The answer is "
                + (node.isList() ? "a list of " + node.items().size() : node.kind())
                + ".",
            "Write one turn of the assistant.");
        return null;
      }
      Conversation answer = new Conversation(ToolGrammar.names(start.tools()));
      turns.read(turn, start.pictures(), answer);
      if (answer.messages().isEmpty()) {
        return null;
      }
      Message message = answer.messages().get(0);
      if (message.role() != Role.ASSISTANT) {
        turn.error(
            "invalid-output",
            "The answer has the role " + message.role().word() + ".",
            "Use a turn of the assistant.");
      }
      return message;
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
      Map<String, @Nullable Object> record = record(example, example.prompt(), turns);
      record.put("chosen", turns.writeAnswer(example.preferred()));
      record.put("rejected", turns.writeAnswer(example.rejected()));
      return record;
    }

    @Override
    public List<String> lostInWriting(PreferenceExample example) {
      List<String> lost = lost(example.messages(), example.parallelToolCalls());
      addCalls(example.prompt(), lost);
      for (Message answer : List.of(example.preferred(), example.rejected())) {
        addCalls(List.of(answer), lost);
        if (!answer.toolCalls().isEmpty()
            && !answer.text().isEmpty()
            && !lost.contains("texts beside tool calls")) {
          lost.add("texts beside tool calls");
        }
      }
      return lost;
    }
  }
}
