package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the formats of preference pairs have in common. */
final class Pairs {
  private Pairs() {}

  /** Reads one answer, which must be an assistant message; null after a failure. */
  static @Nullable Message readAnswer(RecordNode node, List<ToolDefinition> tools) {
    Conversation answer = new Conversation(ToolGrammar.names(tools));
    MessageGrammar.read(node, answer);
    if (answer.messages().isEmpty()) {
      return null;
    }
    Message message = answer.messages().get(0);
    if (message.role() != Role.ASSISTANT) {
      node.at("role")
          .error(
              "invalid-output",
              "The answer has the role " + message.role().word() + ".",
              "Use an assistant message.");
    }
    return message;
  }

  static void checkPrompt(Conversation prompt) {
    RecordNode answer = prompt.lastIf(Role.ASSISTANT);
    if (answer != null) {
      answer.warning(
          "prompt-ends-with-answer",
          "The input ends with an assistant message.",
          "End it before the answer, and put the answers in the two outputs.");
    }
  }

  static void checkDifferent(Message preferred, Message rejected, RecordNode place) {
    if (preferred.content().equals(rejected.content())
        && preferred.toolCalls().equals(rejected.toolCalls())) {
      place.error(
          "equal-pair",
          "Both answers are the same, so neither can be preferred.",
          "Remove the line, or correct one of them.");
    }
  }
}
