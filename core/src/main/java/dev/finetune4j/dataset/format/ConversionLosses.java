package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what conversions between formats lose. */
final class ConversionLosses {
  private static final Set<String> MESSAGE_MEMBERS =
      Set.of(
          "role",
          "content",
          "name",
          "weight",
          "refusal",
          "tool_calls",
          "tool_call_id",
          "function_call");

  private ConversionLosses() {}

  /** Returns the losses of a format of one prompt and one answer as texts. The list is mutable. */
  static List<String> ofTexts(ChatExample example) {
    List<String> lost = new ArrayList<>(ofTurns(example));
    if (!example.tools().isEmpty()) {
      lost.add("tools");
    }
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(message -> !message.toolCalls().isEmpty())) {
      lost.add("tool calls");
    }
    if (!messages.isEmpty() && messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
      lost.add("messages after the last answer");
    }
    return lost;
  }

  /** Returns the losses of a format that keeps all turns and tools, but only their texts. */
  static List<String> ofTurns(ChatExample example) {
    List<String> lost = new ArrayList<>();
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(message -> message.name().isPresent())) {
      lost.add("participant names");
    }
    if (messages.stream().anyMatch(m -> m.role() == Role.ASSISTANT && !m.trained())) {
      lost.add("marks of messages that are not trained");
    }
    if (hasPart(messages, ContentPart.Image.class)) {
      lost.add("images");
    }
    if (hasPart(messages, ContentPart.Refusal.class)) {
      lost.add("refusal marks");
    }
    if (!example.parallelToolCalls()) {
      lost.add("the ban on parallel tool calls");
    }
    return lost;
  }

  private static boolean hasPart(List<Message> messages, Class<? extends ContentPart> kind) {
    return messages.stream()
        .flatMap(message -> message.content().stream())
        .anyMatch(kind::isInstance);
  }

  /** Returns the members of a record, and of its messages, that examples do not keep. */
  static List<String> unread(Map<String, ? extends @Nullable Object> record, List<String> known) {
    List<String> lost = new ArrayList<>();
    record.forEach(
        (name, value) -> {
          if (!known.contains(name) && value != null) {
            lost.add("$." + name);
          }
        });
    lost.addAll(unreadInside(record));
    return lost;
  }

  /** Returns the members of messages that examples do not keep; paths have no indexes. */
  static List<String> unreadInside(Map<String, ? extends @Nullable Object> record) {
    List<String> lost = new ArrayList<>();
    addUnread("$.messages[*]", record.get("messages"), lost);
    if (record.get("input") instanceof Map<?, ?> input) {
      addUnread("$.input.messages[*]", input.get("messages"), lost);
    }
    addUnread("$.preferred_output[*]", record.get("preferred_output"), lost);
    addUnread("$.non_preferred_output[*]", record.get("non_preferred_output"), lost);
    return lost;
  }

  private static void addUnread(String path, @Nullable Object messages, List<String> lost) {
    if (!(messages instanceof List<?> list)) {
      return;
    }
    for (Object item : list) {
      if (item instanceof Map<?, ?> message) {
        message.forEach(
            (name, value) -> {
              if (value != null && !MESSAGE_MEMBERS.contains(name)) {
                addOnce(lost, path + "." + name);
              }
            });
      }
    }
  }

  private static void addOnce(List<String> lost, String path) {
    if (!lost.contains(path)) {
      lost.add(path);
    }
  }
}
