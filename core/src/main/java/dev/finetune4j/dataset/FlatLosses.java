package dev.finetune4j.dataset;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import java.util.ArrayList;
import java.util.List;

/** What a format of bare texts cannot hold of a conversation. */
final class FlatLosses {
  private FlatLosses() {}

  /** Returns the losses of every format that has only texts; the list may be added to. */
  static List<String> of(ChatExample example) {
    List<String> lost = new ArrayList<>(textLosses(example));
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

  /** Returns the losses of a format that keeps every turn and tool, but only their texts. */
  static List<String> textLosses(ChatExample example) {
    List<String> lost = new ArrayList<>();
    List<Message> messages = example.messages();
    if (messages.stream().anyMatch(message -> message.name().isPresent())) {
      lost.add("names of participants");
    }
    if (messages.stream().anyMatch(m -> m.role() == Role.ASSISTANT && !m.trained())) {
      lost.add("marks of messages that are not trained");
    }
    if (hasPart(messages, ContentPart.Image.class)) {
      lost.add("images");
    }
    if (hasPart(messages, ContentPart.Refusal.class)) {
      lost.add("marks of refusals");
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
}
