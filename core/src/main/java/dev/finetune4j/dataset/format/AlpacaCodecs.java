package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.PreferenceExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The formats {@code {"instruction": "...", "input": "...", "output": "..."}}, with LLaMA-Factory's
 * {@code system}, {@code history} and {@code tools}.
 */
final class AlpacaCodecs {
  /** What is between instruction and input in one message. */
  static final String BETWEEN = "\n\n";

  private static final String RULE = "invalid-record";
  private static final String SUGGESTION = "Write instruction, input and output as strings.";

  private AlpacaCodecs() {}

  /** Reads everything before the answer. */
  private static List<ToolDefinition> readPrompt(
      RecordNode root, String between, Conversation into) {
    RecordNode system = root.find("system");
    RecordNode history = root.find("history");
    RecordNode instruction = root.find("instruction");
    RecordNode input = root.find("input");
    RecordNode declared = root.find("tools");
    Pictures pictures = Pictures.read(root);
    root.warnOfUnread("an example");
    List<ToolDefinition> tools = new ArrayList<>();
    if (declared != null) {
      ToolGrammar.readTools(declared, true, tools);
    }
    String instructions = system == null ? "" : system.text(RULE, SUGGESTION);
    if (system != null && !instructions.isEmpty()) {
      into.add(Message.system(instructions), system, List.of());
    }
    if (history != null) {
      readHistory(history, into);
    }
    String question = text(root, "instruction", instruction);
    String details = input == null ? "" : input.text(RULE, SUGGESTION);
    String user =
        details.isEmpty() ? question : question.isEmpty() ? details : question + between + details;
    if (instruction != null) {
      MessageGrammar.checkText(instruction.with(user));
      into.add(pictures.message(Role.USER, user, instruction), instruction, List.of());
    }
    pictures.finish();
    return tools;
  }

  private static String text(RecordNode root, String name, @Nullable RecordNode node) {
    if (node == null) {
      root.fail(RULE, "The member \"" + root.nameOf(name) + "\" is missing.", SUGGESTION);
      return "";
    }
    return node.text(RULE, SUGGESTION);
  }

  /** Reads an answer; null after reporting that it is missing. */
  private static @Nullable Message readAnswer(
      RecordNode root, String name, @Nullable RecordNode node) {
    String answer = text(root, name, node);
    if (node == null) {
      return null;
    }
    MessageGrammar.checkText(node);
    return Message.assistant(answer);
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

  private static void writePrompt(
      List<Message> prompt, Map<String, @Nullable Object> answers, Map<String, Object> record) {
    record.put("instruction", prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).text());
    record.put("input", "");
    answers.forEach(record::put);
    int from = hasSystem(prompt) ? 1 : 0;
    if (from == 1) {
      record.put("system", prompt.get(0).text());
    }
    if (prompt.size() > from + 1 && alternates(prompt)) {
      List<List<String>> history = new ArrayList<>();
      for (int i = from; i + 2 < prompt.size(); i += 2) {
        history.add(List.of(prompt.get(i).text(), prompt.get(i + 1).text()));
      }
      record.put("history", history);
    }
  }

  /** Returns whether user and assistant take turns, which is all that a history can hold. */
  private static boolean alternates(List<Message> prompt) {
    int from = hasSystem(prompt) ? 1 : 0;
    for (int i = from; i < prompt.size(); i++) {
      Role expected = (i - from) % 2 == 0 ? Role.USER : Role.ASSISTANT;
      if (prompt.get(i).role() != expected) {
        return false;
      }
    }
    return (prompt.size() - from) % 2 == 1;
  }

  private static List<String> lost(List<String> lost, List<Message> prompt) {
    if (!alternates(prompt)) {
      lost.add("earlier turns");
    }
    if (hasSystem(prompt) && prompt.get(0).text().isEmpty()) {
      lost.add("empty system messages");
    }
    return lost;
  }

  private static boolean hasSystem(List<Message> prompt) {
    return prompt.size() > 1 && prompt.get(0).role() == Role.SYSTEM;
  }

  /** One answer: {@code output}. */
  static final class Chat extends Grammar<ChatExample> {
    private final String between;

    Chat(String between) {
      super("alpaca", ChatExample.class);
      this.between = between;
    }

    @Override
    @Nullable ChatExample read(RecordNode root) {
      Conversation conversation = new Conversation(Set.of());
      RecordNode output = root.find("output");
      Unpaired.refuse(root);
      List<ToolDefinition> tools = readPrompt(root, between, conversation);
      Message answer = readAnswer(root, "output", output);
      if (answer != null && output != null) {
        conversation.add(answer, output, List.of());
      }
      conversation.finishTraining(root);
      return root.failed() ? null : new ChatExample(conversation.messages(), tools);
    }

    @Override
    public Map<String, @Nullable Object> toRecord(ChatExample example) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
      writePrompt(example.prompt(), Map.of("output", example.answer()), record);
      return record;
    }

    @Override
    public List<String> lostInWriting(ChatExample example) {
      return lost(ConversionLosses.ofTexts(example), example.prompt());
    }
  }

  /** Two answers: {@code chosen} and {@code rejected}. */
  static final class Preference extends Grammar<PreferenceExample> {
    private final String between;

    Preference(String between) {
      super("alpaca-preference", PreferenceExample.class);
      this.between = between;
    }

    @Override
    @Nullable PreferenceExample read(RecordNode root) {
      Conversation prompt = new Conversation(Set.of());
      RecordNode chosen = root.find("chosen");
      RecordNode rejected = root.find("rejected");
      List<ToolDefinition> tools = readPrompt(root, between, prompt);
      Message better = readAnswer(root, "chosen", chosen);
      Message worse = readAnswer(root, "rejected", rejected);
      prompt.finishPrompt(root);
      if (better == null || worse == null || rejected == null || root.failed()) {
        return null;
      }
      Pairs.checkDifferent(better, worse, rejected);
      return new PreferenceExample(prompt.messages(), better, worse, tools);
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
      Map<String, @Nullable Object> answers = new LinkedHashMap<>(4);
      answers.put("chosen", example.preferred().text());
      answers.put("rejected", example.rejected().text());
      Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
      writePrompt(example.prompt(), answers, record);
      return record;
    }

    @Override
    public List<String> lostInWriting(PreferenceExample example) {
      return lost(ConversionLosses.ofTexts(example, example.parallelToolCalls()), example.prompt());
    }
  }
}
