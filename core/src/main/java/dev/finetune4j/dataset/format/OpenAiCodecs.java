package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The formats of training data that OpenAI and Azure read. */
final class OpenAiCodecs {
  private OpenAiCodecs() {}

  /** The format {@code {"messages": [...], "tools": [...]}}. */
  static final class Chat implements ExampleCodec<ChatExample> {

    @Override
    public String name() {
      return "openai-chat";
    }

    @Override
    public Class<ChatExample> exampleType() {
      return ChatExample.class;
    }

    @Override
    public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
      RecordNode root = RecordNode.root(record);
      return new ChatExample(
          MessageRecords.read(root.member("messages")),
          ToolRecords.readTools(root),
          ToolRecords.readParallel(root));
    }

    @Override
    public Map<String, @Nullable Object> toRecord(ChatExample example) {
      return ExampleRecords.of(example);
    }

    @Override
    public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
      return ConversionLosses.unread(
          record, List.of("messages", "tools", "functions", ToolRecords.PARALLEL));
    }
  }

  /** The format {@code {"input": {"messages": [...]}, "preferred_output": [...], ...}}. */
  static final class Preference implements ExampleCodec<PreferenceExample> {

    @Override
    public String name() {
      return "openai-preference";
    }

    @Override
    public Class<PreferenceExample> exampleType() {
      return PreferenceExample.class;
    }

    @Override
    public PreferenceExample fromRecord(Map<String, ? extends @Nullable Object> record) {
      RecordNode root = RecordNode.root(record);
      RecordNode input = root.member("input");
      return new PreferenceExample(
          MessageRecords.read(input.member("messages")),
          answer(root, "preferred"),
          answer(root, "non_preferred"),
          ToolRecords.readTools(input),
          ToolRecords.readParallel(input));
    }

    private static Message answer(RecordNode root, String side) {
      RecordNode older = root.find(side + "_completion");
      RecordNode outputs = older == null ? root.member(side + "_output") : older;
      List<RecordNode> items = outputs.items();
      if (items.size() != 1) {
        throw outputs.broken("Expected one answer, but found " + items.size() + ".");
      }
      return MessageRecords.message(items.get(0), "");
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
      return ExampleRecords.of(example);
    }

    @Override
    public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
      return ConversionLosses.unread(
          record,
          List.of(
              "input",
              "preferred_output",
              "non_preferred_output",
              "preferred_completion",
              "non_preferred_completion"));
    }
  }

  /**
   * The format {@code {"messages": [...], ...}}; members other than messages and tools are
   * references.
   */
  static final class Reinforcement implements ExampleCodec<PromptExample> {

    @Override
    public String name() {
      return "openai-reinforcement";
    }

    @Override
    public Class<PromptExample> exampleType() {
      return PromptExample.class;
    }

    @Override
    public PromptExample fromRecord(Map<String, ? extends @Nullable Object> record) {
      RecordNode root = RecordNode.root(record);
      Map<String, ReferenceValue> reference = new LinkedHashMap<>();
      record.forEach(
          (name, value) -> {
            if (!name.equals("messages") && !name.equals("tools")) {
              reference.put(
                  name,
                  value instanceof String text
                      ? ReferenceValue.text(text)
                      : ReferenceValue.json(Json.write(value)));
            }
          });
      return new PromptExample(
          MessageRecords.read(root.member("messages")), reference, ToolRecords.readTools(root));
    }

    @Override
    public Map<String, @Nullable Object> toRecord(PromptExample example) {
      return ExampleRecords.of(example);
    }

    @Override
    public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
      return ConversionLosses.unreadInside(record);
    }
  }
}
