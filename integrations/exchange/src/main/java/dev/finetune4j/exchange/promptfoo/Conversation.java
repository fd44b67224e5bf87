package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.chat.Message;
import java.util.List;
import java.util.stream.Collectors;

/** A conversation as text for a judge. Stateless. */
final class Conversation {
  private Conversation() {}

  static String shown(List<Message> messages) {
    return messages.size() == 1
        ? messages.get(0).text()
        : messages.stream()
            .map(message -> message.role().word() + ": " + message.text())
            .collect(Collectors.joining("\n\n"));
  }
}
