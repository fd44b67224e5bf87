package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"instruction": "...", "input": "...", "output": "..."}}, with LLaMA-Factory's
 * {@code system} and {@code history}.
 */
final class AlpacaCodec extends Grammar<ChatExample> {
  private static final String BETWEEN = "\n\n";
  private static final String RULE = "invalid-record";
  private static final String SUGGESTION = "Write instruction, input and output as strings.";

  AlpacaCodec() {
    super("alpaca", ChatExample.class);
  }

  @Override
  @Nullable ChatExample read(RecordNode root) {
    Conversation conversation = new Conversation(Set.of());
    RecordNode system = root.find("system");
    RecordNode history = root.find("history");
    RecordNode instruction = root.find("instruction");
    RecordNode input = root.find("input");
    RecordNode output = root.find("output");
    root.warnOfUnread("an example");
    String instructions = system == null ? "" : system.text(RULE, SUGGESTION);
    if (system != null && !instructions.isEmpty()) {
      conversation.add(Message.system(instructions), system, List.of());
    }
    if (history != null) {
      readHistory(history, conversation);
    }
    String question = text(root, "instruction", instruction);
    String details = input == null ? "" : input.text(RULE, SUGGESTION);
    String user = details.isEmpty() ? question : question + BETWEEN + details;
    if (instruction != null) {
      MessageGrammar.checkText(instruction.with(user));
      conversation.add(Message.user(user), instruction, List.of());
    }
    String answer = text(root, "output", output);
    if (output != null) {
      MessageGrammar.checkText(output);
      conversation.add(Message.assistant(answer), output, List.of());
    }
    conversation.finishTraining(root);
    return root.failed() ? null : new ChatExample(conversation.messages(), List.of());
  }

  private static String text(RecordNode root, String name, @Nullable RecordNode node) {
    if (node == null) {
      root.fail(RULE, "The member \"" + name + "\" is missing.", SUGGESTION);
      return "";
    }
    return node.text(RULE, SUGGESTION);
  }

  private static void readHistory(RecordNode history, Conversation into) {
    String suggestion = "Write a list of pairs: [[\"question\", \"answer\"], ...].";
    if (!history.isList()) {
      history.fail(RULE, "The history is " + history.kind() + ".", suggestion);
    }
    for (RecordNode turn : history.items()) {
      List<RecordNode> pair = turn.items();
      if (pair.size() != 2) {
        turn.fail(RULE, "A turn of the history is not a list of two strings.", suggestion);
        continue;
      }
      MessageGrammar.checkText(pair.get(0));
      MessageGrammar.checkText(pair.get(1));
      into.add(Message.user(pair.get(0).text(RULE, suggestion)), pair.get(0), List.of());
      into.add(Message.assistant(pair.get(1).text(RULE, suggestion)), pair.get(1), List.of());
    }
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    List<Message> prompt = example.prompt();
    record.put("instruction", prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).text());
    record.put("input", "");
    record.put("output", example.answer());
    int from = hasSystem(example) ? 1 : 0;
    if (from == 1) {
      record.put("system", prompt.get(0).text());
    }
    if (prompt.size() > from + 1 && alternates(example)) {
      List<List<String>> history = new ArrayList<>();
      for (int i = from; i + 2 < prompt.size(); i += 2) {
        history.add(List.of(prompt.get(i).text(), prompt.get(i + 1).text()));
      }
      record.put("history", history);
    }
    return record;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTexts(example);
    if (!alternates(example)) {
      lost.add("earlier turns");
    }
    return lost;
  }

  /** Returns whether user and assistant take turns, which is all that a history can hold. */
  private static boolean alternates(ChatExample example) {
    List<Message> prompt = example.prompt();
    int from = hasSystem(example) ? 1 : 0;
    for (int i = from; i < prompt.size(); i++) {
      Role expected = (i - from) % 2 == 0 ? Role.USER : Role.ASSISTANT;
      if (prompt.get(i).role() != expected) {
        return false;
      }
    }
    return (prompt.size() - from) % 2 == 1;
  }

  private static boolean hasSystem(ChatExample example) {
    return example.prompt().size() > 1 && example.prompt().get(0).role() == Role.SYSTEM;
  }
}
