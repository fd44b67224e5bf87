package dev.finetune4j.dataset;

import dev.finetune4j.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"messages": [...], ...}}: what is neither messages nor tools is for the grader. */
final class OpenAiReinforcementCodec implements ExampleCodec<PromptExample> {

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
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("messages", MessageRecords.write(example.prompt()));
    ToolRecords.putTools(record, example.tools());
    example
        .reference()
        .forEach(
            (name, value) ->
                record.put(name, value.json() ? Json.parse(value.text()) : value.text()));
    return record;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return UnreadMembers.inside(record);
  }
}
