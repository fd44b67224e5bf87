package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format {@code {"instruction": "...", "input": "...", "output": "..."}}. */
final class AlpacaCodec implements ExampleCodec<ChatExample> {
  private static final String BETWEEN = "\n\n";

  @Override
  public String name() {
    return "alpaca";
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    RecordNode root = RecordNode.root(record);
    String instruction = root.member("instruction").text();
    RecordNode input = root.find("input");
    String text = input == null ? "" : input.text();
    Message user = Message.user(text.isEmpty() ? instruction : instruction + BETWEEN + text);
    Message answer = Message.assistant(root.member("output").text());
    RecordNode system = root.find("system");
    return system == null || system.text().isEmpty()
        ? ChatExample.of(user, answer)
        : ChatExample.of(Message.system(system.text()), user, answer);
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    List<Message> prompt = example.prompt();
    record.put("instruction", prompt.isEmpty() ? "" : prompt.get(prompt.size() - 1).text());
    record.put("input", "");
    record.put("output", example.answer());
    if (hasSystem(example)) {
      record.put("system", prompt.get(0).text());
    }
    return record;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTexts(example);
    if (example.prompt().size() > (hasSystem(example) ? 2 : 1)) {
      lost.add("earlier turns");
    }
    return lost;
  }

  private static boolean hasSystem(ChatExample example) {
    return example.prompt().size() > 1 && example.prompt().get(0).role() == Role.SYSTEM;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return ConversionLosses.unread(record, List.of("instruction", "input", "output", "system"));
  }

  @Override
  public String locate(String path) {
    if (path.startsWith("$.messages[0]")) {
      return "$.instruction";
    }
    return path.startsWith("$.messages[") ? "$.output" : path;
  }
}
