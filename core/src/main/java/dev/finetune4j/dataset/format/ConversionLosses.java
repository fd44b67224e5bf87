package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import java.util.ArrayList;
import java.util.List;

/** Finds what writing an example in a simpler format loses. */
final class ConversionLosses {
  private ConversionLosses() {}

  /** Returns the losses of a format of one prompt and one answer as texts. The list is mutable. */
  static List<String> ofTexts(ChatExample example) {
    List<String> lost = ofTexts(example, example.parallelToolCalls());
    List<Message> messages = example.messages();
    if (!messages.isEmpty() && messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
      lost.add("messages after the last answer");
    }
    return lost;
  }

  /** Returns the losses of a format of texts only. The list is mutable. */
  static List<String> ofTexts(Example example, boolean parallelToolCalls) {
    List<String> lost = ofTurns(example.messages(), parallelToolCalls);
    if (example.messages().stream().anyMatch(m -> m.role() == Role.ASSISTANT && !m.trained())) {
      lost.add("marks of messages that are not trained");
    }
    if (!example.tools().isEmpty()) {
      lost.add("tools");
    }
    if (example.messages().stream().anyMatch(message -> !message.toolCalls().isEmpty())) {
      lost.add("tool calls");
    }
    return lost;
  }

  /**
   * Returns the losses of a format that keeps all turns, weights and tools, but only the texts. The
   * list is mutable.
   */
  static List<String> ofTurns(List<Message> messages, boolean parallelToolCalls) {
    List<String> lost = new ArrayList<>();
    if (messages.stream().anyMatch(message -> message.name().isPresent())) {
      lost.add("participant names");
    }
    if (hasPart(messages, ContentPart.Image.class)) {
      lost.add("images");
    }
    if (hasPart(messages, ContentPart.Refusal.class)) {
      lost.add("refusal marks");
    }
    if (messages.stream().anyMatch(message -> message.content().size() > 1)) {
      lost.add("boundaries between content parts");
    }
    if (!parallelToolCalls) {
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
