package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import java.util.List;

/**
 * A whole conversation for supervised training: the model learns the assistant's messages that are
 * marked as trained.
 *
 * @param messages the conversation, oldest first
 * @param tools the tools that were available
 * @param parallelToolCalls whether the assistant may call several tools in one message
 */
public record ChatExample(
    List<Message> messages, List<ToolDefinition> tools, boolean parallelToolCalls)
    implements Example {

  /** Copies the lists. */
  public ChatExample {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** Creates a conversation in which several tools may be called at once. */
  public ChatExample(List<Message> messages, List<ToolDefinition> tools) {
    this(messages, tools, true);
  }

  /** Returns a conversation without tools. */
  public static ChatExample of(Message... messages) {
    return new ChatExample(List.of(messages), List.of());
  }

  /** Returns all messages before the last assistant message; all messages without one. */
  @Override
  public List<Message> prompt() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        return messages.subList(0, i);
      }
    }
    return messages;
  }

  /** Returns the text of the last assistant message; or an empty text. */
  public String answer() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        return messages.get(i).text();
      }
    }
    return "";
  }
}
