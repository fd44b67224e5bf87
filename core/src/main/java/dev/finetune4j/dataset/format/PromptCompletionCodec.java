package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code {"prompt": "...", "completion": "..."}}; both may also be lists of messages.
 */
final class PromptCompletionCodec implements ExampleCodec<ChatExample> {

  @Override
  public String name() {
    return "prompt-completion";
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    RecordNode root = RecordNode.root(record);
    List<Message> messages = new ArrayList<>(side(root.member("prompt"), Role.USER));
    messages.addAll(side(root.member("completion"), Role.ASSISTANT));
    return new ChatExample(messages, ToolRecords.readTools(root));
  }

  private static List<Message> side(RecordNode side, Role role) {
    return side.isList() ? MessageRecords.read(side) : List.of(Message.of(role, side.text()));
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put(
        "prompt",
        example.prompt().stream()
            .map(Message::text)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n\n")));
    record.put("completion", example.answer());
    return record;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTexts(example);
    if (example.prompt().size() > 1) {
      lost.add("roles of the prompt messages");
    }
    return lost;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return ConversionLosses.unread(record, List.of("prompt", "completion", "tools"));
  }

  @Override
  public String locate(String path) {
    if (path.startsWith("$.messages[0]")) {
      return "$.prompt";
    }
    return path.startsWith("$.messages[") ? "$.completion" : path;
  }
}
