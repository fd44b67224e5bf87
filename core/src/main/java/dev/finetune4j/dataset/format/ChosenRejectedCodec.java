package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"prompt": ..., "chosen": ..., "rejected": ...}}, of texts or messages, with
 * the prompt on its own or as the common beginning of both answers.
 */
final class ChosenRejectedCodec extends Grammar<PreferenceExample> {
  private static final String RULE = "invalid-record";
  private static final String SUGGESTION = "Write it as a string or as a list of messages.";
  private static final Pattern SPEAKER = Pattern.compile("(?:^|\n\n)(Human|Assistant): ?");

  ChosenRejectedCodec() {
    super("chosen-rejected", PreferenceExample.class);
  }

  @Override
  @Nullable PreferenceExample read(RecordNode root) {
    RecordNode prompt = root.find("prompt");
    RecordNode chosen = root.findAny("chosen", "chosen_messages");
    RecordNode rejected = root.findAny("rejected", "rejected_messages");
    List<ToolDefinition> tools = ToolGrammar.readTools(root);
    root.warnOfUnread("an example");
    if (chosen == null || rejected == null) {
      root.fail(
          "missing-output",
          "The member \"" + (chosen == null ? "chosen" : "rejected") + "\" is missing.",
          "Add both answers.");
      return null;
    }
    Set<String> names = ToolGrammar.names(tools);
    Conversation asked = new Conversation(names);
    Answers answers;
    if (prompt != null) {
      side(prompt, Role.USER, asked);
      answers = new Answers(answer(chosen, asked, names), answer(rejected, asked, names));
    } else if (chosen.isText() && rejected.isText()) {
      answers = texts(chosen, rejected, asked);
    } else {
      answers = conversations(chosen, rejected, names, asked);
    }
    if (answers.chosen() == null || answers.rejected() == null || root.failed()) {
      return null;
    }
    asked.finishPrompt(prompt == null ? chosen : prompt);
    Pairs.checkPrompt(asked);
    Pairs.checkDifferent(answers.chosen(), answers.rejected(), rejected);
    return new PreferenceExample(asked.messages(), answers.chosen(), answers.rejected(), tools);
  }

  private record Answers(@Nullable Message chosen, @Nullable Message rejected) {}

  /** Reads a string as one message of {@code role}, or a list of messages. */
  private static void side(RecordNode node, Role role, Conversation into) {
    if (node.isList()) {
      node.items().forEach(message -> MessageGrammar.read(message, into));
    } else {
      String text = node.text(RULE, SUGGESTION);
      MessageGrammar.checkText(node);
      into.add(Message.of(role, text), node, List.of());
    }
  }

  /** Reads an answer to a prompt, which the answer may repeat. */
  private static @Nullable Message answer(RecordNode node, Conversation prompt, Set<String> tools) {
    Conversation whole = new Conversation(tools);
    side(node, Role.ASSISTANT, whole);
    List<Message> messages = whole.messages();
    int from = 0;
    int asked = prompt.messages().size();
    if (messages.size() > asked && messages.subList(0, asked).equals(prompt.messages())) {
      from = asked;
    }
    return last(node, messages, from);
  }

  /** Returns the message at {@code from}, which must be the last one and the assistant's. */
  private static @Nullable Message last(RecordNode node, List<Message> messages, int from) {
    if (messages.size() != from + 1) {
      node.fail(
          "invalid-output",
          messages.isEmpty()
              ? "Expected an answer, but the list is empty."
              : "Expected one answer to the prompt, but found " + (messages.size() - from) + ".",
          "Write one assistant message, after the messages of the prompt or without them.");
      return null;
    }
    Message message = messages.get(from);
    if (message.role() != Role.ASSISTANT) {
      node.error(
          "invalid-output",
          "The answer has the role " + message.role().word() + ".",
          "Use an assistant message.");
    }
    return message;
  }

  private static Answers conversations(
      RecordNode chosen, RecordNode rejected, Set<String> tools, Conversation asked) {
    Conversation first = new Conversation(tools);
    Conversation second = new Conversation(tools);
    side(chosen, Role.ASSISTANT, first);
    side(rejected, Role.ASSISTANT, second);
    List<Message> better = first.messages();
    List<Message> worse = second.messages();
    int prompt = better.size() - 1;
    if (prompt < 0
        || worse.size() != better.size()
        || !better.subList(0, prompt).equals(worse.subList(0, prompt))) {
      rejected.fail(
          "invalid-output",
          "Without a member \"prompt\" both answers must begin with the same prompt, but these do"
              + " not.",
          "Add the prompt as a member, or correct the answers.");
      return new Answers(null, null);
    }
    for (int i = 0; i < prompt; i++) {
      asked.addRead(better.get(i), chosen);
    }
    return new Answers(last(chosen, better, prompt), last(rejected, worse, prompt));
  }

  /** Reads two texts that begin with the prompt: transcripts, or a common beginning. */
  private static Answers texts(RecordNode chosen, RecordNode rejected, Conversation asked) {
    String better = String.valueOf(chosen.value());
    String worse = String.valueOf(rejected.value());
    Matcher speaker = SPEAKER.matcher(better);
    if (speaker.lookingAt()) {
      Conversation first = new Conversation(Set.of());
      Conversation second = new Conversation(Set.of());
      transcript(chosen, better, first);
      transcript(rejected, worse, second);
      int prompt = first.messages().size() - 1;
      if (second.messages().size() == prompt + 1
          && first.messages().subList(0, prompt).equals(second.messages().subList(0, prompt))) {
        first.messages().subList(0, prompt).forEach(message -> asked.addRead(message, chosen));
        return new Answers(
            last(chosen, first.messages(), prompt), last(rejected, second.messages(), prompt));
      }
    }
    int common = 0;
    while (common < better.length()
        && common < worse.length()
        && better.charAt(common) == worse.charAt(common)) {
      common++;
    }
    // The prompt ends before a space or inside no character, as TRL cuts it.
    if (common > 0 && better.charAt(common - 1) == ' ') {
      common--;
    }
    if (common > 0 && Character.isHighSurrogate(better.charAt(common - 1))) {
      common--;
    }
    String prompt = better.substring(0, common);
    if (prompt.isBlank() || better.equals(worse) || speaker.reset().lookingAt()) {
      rejected.fail(
          "invalid-output",
          "Without a member \"prompt\" both answers must begin with the same prompt, but these do"
              + " not.",
          "Add the prompt as a member.");
      return new Answers(null, null);
    }
    asked.addRead(Message.user(prompt), chosen);
    MessageGrammar.checkText(chosen.with(better.substring(common)));
    MessageGrammar.checkText(rejected.with(worse.substring(common)));
    return new Answers(
        Message.assistant(better.substring(common)), Message.assistant(worse.substring(common)));
  }

  private static void transcript(RecordNode node, String text, Conversation into) {
    Matcher speaker = SPEAKER.matcher(text);
    Role role = null;
    int from = 0;
    while (true) {
      boolean found = speaker.find();
      if (role != null) {
        String said = text.substring(from, found ? speaker.start() : text.length());
        MessageGrammar.checkText(node.with(said));
        into.add(Message.of(role, said), node, List.of());
      }
      if (!found) {
        return;
      }
      role = speaker.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
      from = speaker.end();
    }
  }

  @Override
  public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    record.put("prompt", ExampleRecords.of(example.prompt()));
    record.put("chosen", ExampleRecords.of(List.of(example.preferred())));
    record.put("rejected", ExampleRecords.of(List.of(example.rejected())));
    if (!example.tools().isEmpty()) {
      record.put("tools", ExampleRecords.ofTools(example.tools()));
    }
    return record;
  }

  @Override
  public List<String> lostInWriting(PreferenceExample example) {
    return example.parallelToolCalls() ? List.of() : List.of("the ban on parallel tool calls");
  }
}
