package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {"conversations": [{"from": "human", "value": "..."}, ...]}}. */
final class ShareGptCodec implements ExampleCodec<ChatExample> {

  @Override
  public String name() {
    return "sharegpt";
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    RecordNode root = RecordNode.root(record);
    List<Message> messages = new ArrayList<>();
    RecordNode system = root.find("system");
    if (system != null && !system.text().isEmpty()) {
      messages.add(Message.system(system.text()));
    }
    String lastCall = "";
    for (RecordNode turn : root.member("conversations").items()) {
      Message message = ShareGptTurns.read(turn, lastCall, messages.size());
      messages.add(message);
      if (!message.toolCalls().isEmpty()) {
        lastCall = message.toolCalls().get(0).id();
      }
    }
    return new ChatExample(messages, ShareGptTurns.tools(root));
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    List<Object> turns = new ArrayList<>();
    for (Message message : example.messages()) {
      if (message.toolCalls().isEmpty() || !message.text().isEmpty()) {
        turns.add(turn(ShareGptTurns.word(message.role()), message.text()));
      }
      for (ToolCall call : message.toolCalls()) {
        turns.add(turn("function_call", ShareGptTurns.write(call)));
      }
    }
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    record.put("conversations", turns);
    if (!example.tools().isEmpty()) {
      Map<String, @Nullable Object> holder = new LinkedHashMap<>();
      ToolRecords.putTools(holder, example.tools());
      record.put("tools", Json.write(holder.get("tools")));
    }
    return record;
  }

  private static Map<String, Object> turn(String from, String value) {
    Map<String, Object> turn = new LinkedHashMap<>(4);
    turn.put("from", from);
    turn.put("value", value);
    return turn;
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = FlatLosses.textLosses(example);
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(message -> message.role() == Role.DEVELOPER)) {
      lost.add("the role developer (written as system)");
    }
    if (messages.stream().anyMatch(message -> !message.toolCalls().isEmpty())) {
      lost.add("ids of tool calls");
    }
    return lost;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    return UnreadMembers.of(record, List.of("conversations", "system", "tools", "id"));
  }

  @Override
  public String locate(String path) {
    return path.replace("$.messages", "$.conversations").replace("].content", "].value");
  }
}
