package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The format {@code {"prompt": ..., "chosen": ..., "rejected": ...}}, of texts or messages. */
final class ChosenRejectedCodec implements ExampleCodec<PreferenceExample> {
  private static final String PROMPT = "prompt";
  private static final String CHOSEN = "chosen";
  private static final String REJECTED = "rejected";

  @Override
  public String name() {
    return "chosen-rejected";
  }

  @Override
  public Class<PreferenceExample> exampleType() {
    return PreferenceExample.class;
  }

  @Override
  public PreferenceExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    RecordNode root = RecordNode.root(record);
    RecordNode prompt = root.find(PROMPT);
    RecordNode chosen = root.member(CHOSEN);
    RecordNode rejected = root.member(REJECTED);
    List<Message> asked = prompt == null ? beforeLast(chosen) : messages(prompt, Message::user);
    if (prompt == null && !beforeLast(rejected).equals(asked)) {
      throw rejected.broken(
          "Without a member \"prompt\" both answers must begin with the same prompt, but these do"
              + " not.");
    }
    return new PreferenceExample(
        asked, answer(chosen), answer(rejected), ToolRecords.readTools(root));
  }

  private static List<Message> messages(RecordNode node, Function<String, Message> ofText) {
    return node.isText() ? List.of(ofText.apply(node.text())) : MessageRecords.read(node);
  }

  private static List<Message> beforeLast(RecordNode node) {
    List<Message> all = messages(node, Message::assistant);
    return all.isEmpty() ? all : all.subList(0, all.size() - 1);
  }

  private static Message answer(RecordNode node) {
    List<Message> all = messages(node, Message::assistant);
    if (all.isEmpty()) {
      throw node.broken("Expected an answer, but the list is empty.");
    }
    return all.get(all.size() - 1);
  }

  @Override
  public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    record.put(PROMPT, ExampleRecords.of(example.prompt()));
    record.put(CHOSEN, ExampleRecords.of(List.of(example.preferred())));
    record.put(REJECTED, ExampleRecords.of(List.of(example.rejected())));
    if (!example.tools().isEmpty()) {
      record.put("tools", ExampleRecords.ofTools(example.tools()));
    }
    return record;
  }

  @Override
  public List<String> lostInWriting(PreferenceExample example) {
    return example.parallelToolCalls() ? List.of() : List.of("the ban on parallel tool calls");
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return ConversionLosses.unread(record, List.of(PROMPT, CHOSEN, REJECTED, "tools"));
  }
}
