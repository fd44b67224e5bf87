package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"input": {"messages": [...]}, "preferred_output": [...], ...}}, with its older names. */
final class OpenAiPreferenceCodec implements ExampleCodec<PreferenceExample> {

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
      throw outputs.broken("One answer belongs here, and there are " + items.size() + ".");
    }
    return MessageRecords.message(items.get(0), "");
  }

  @Override
  public Map<String, @Nullable Object> toRecord(PreferenceExample example) {
    Map<String, @Nullable Object> input = new LinkedHashMap<>(4);
    input.put("messages", MessageRecords.write(example.prompt()));
    ToolRecords.putTools(input, example.tools());
    ToolRecords.putParallel(input, example.parallelToolCalls());
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("input", input);
    record.put("preferred_output", List.of(MessageRecords.write(example.preferred())));
    record.put("non_preferred_output", List.of(MessageRecords.write(example.rejected())));
    return record;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return UnreadMembers.of(
        record,
        List.of(
            "input",
            "preferred_output",
            "non_preferred_output",
            "preferred_completion",
            "non_preferred_completion"));
  }
}
