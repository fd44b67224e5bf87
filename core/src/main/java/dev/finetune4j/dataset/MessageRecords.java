package dev.finetune4j.dataset;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages as OpenAI's chat format writes them; the older function messages become tool ones. */
final class MessageRecords {
  private MessageRecords() {}

  static List<Message> read(RecordNode messages) {
    List<Message> result = new ArrayList<>();
    String lastCall = "";
    for (RecordNode node : messages.items()) {
      Message message = message(node, lastCall);
      result.add(message);
      if (!message.toolCalls().isEmpty()) {
        lastCall = message.toolCalls().get(0).id();
      }
    }
    return result;
  }

  static Message message(RecordNode node, String lastCall) {
    RecordNode roleNode = node.member("role");
    String word = roleNode.text();
    boolean legacyResult = word.equals("function");
    Role role =
        legacyResult
            ? Role.TOOL
            : Role.find(word).orElseThrow(() -> roleNode.broken("\"" + word + "\" is not a role."));
    List<ContentPart> content = new ArrayList<>();
    RecordNode contentNode = node.find("content");
    if (contentNode != null) {
      content.addAll(PartRecords.read(contentNode));
    }
    RecordNode refusal = node.find("refusal");
    if (refusal != null) {
      content.add(new ContentPart.Refusal(refusal.text()));
    }
    RecordNode name = node.find("name");
    RecordNode callId = node.find("tool_call_id");
    Optional<String> answered =
        legacyResult && callId == null
            ? Optional.of(lastCall)
            : Optional.ofNullable(callId).map(RecordNode::text);
    return new Message(
        role,
        content,
        ToolRecords.readCalls(node),
        answered,
        Optional.ofNullable(name).map(RecordNode::text),
        isTrained(node));
  }

  private static boolean isTrained(RecordNode message) {
    RecordNode weight = message.find("weight");
    if (weight == null) {
      return true;
    }
    if (weight.value() instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue() == 1;
    }
    throw weight.broken("A weight is 0 or 1.");
  }

  static List<Map<String, @Nullable Object>> write(List<Message> messages) {
    List<Map<String, @Nullable Object>> result = new ArrayList<>(messages.size());
    for (Message message : messages) {
      result.add(write(message));
    }
    return result;
  }

  static Map<String, @Nullable Object> write(Message message) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    record.put("role", message.role().word());
    message.name().ifPresent(name -> record.put("name", name));
    message.toolCallId().ifPresent(id -> record.put("tool_call_id", id));
    if (!message.content().isEmpty() || message.toolCalls().isEmpty()) {
      record.put("content", PartRecords.write(message.content()));
    }
    if (!message.toolCalls().isEmpty()) {
      List<Object> calls = new ArrayList<>();
      for (ToolCall call : message.toolCalls()) {
        calls.add(ToolRecords.write(call));
      }
      record.put("tool_calls", calls);
    }
    if (message.role() == Role.ASSISTANT && !message.trained()) {
      record.put("weight", 0L);
    }
    return record;
  }
}
