package dev.finetune4j.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"messages": [...], "tools": [...]}}. */
final class OpenAiChatCodec implements ExampleCodec<ChatExample> {

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
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("messages", MessageRecords.write(example.messages()));
    ToolRecords.putTools(record, example.tools());
    ToolRecords.putParallel(record, example.parallelToolCalls());
    return record;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return UnreadMembers.of(
        record, List.of("messages", "tools", "functions", ToolRecords.PARALLEL));
  }
}
