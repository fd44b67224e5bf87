package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two answers to one prompt, one better than the other, for preference training.
 *
 * @param prompt the conversation before the answer, oldest message first
 * @param preferred the better answer
 * @param rejected the worse answer
 * @param tools the tools that were available
 * @param parallelToolCalls whether the assistant may call several tools in one message
 */
public record PreferenceExample(
    List<Message> prompt,
    Message preferred,
    Message rejected,
    List<ToolDefinition> tools,
    boolean parallelToolCalls)
    implements Example {

  /** Copies the lists. */
  public PreferenceExample {
    prompt = List.copyOf(prompt);
    tools = List.copyOf(tools);
  }

  /** Creates a pair in which several tools may be called at once. */
  public PreferenceExample(
      List<Message> prompt, Message preferred, Message rejected, List<ToolDefinition> tools) {
    this(prompt, preferred, rejected, tools, true);
  }

  /** Returns a pair without tools. */
  public static PreferenceExample of(List<Message> prompt, Message preferred, Message rejected) {
    return new PreferenceExample(prompt, preferred, rejected, List.of());
  }

  @Override
  public List<Message> messages() {
    List<Message> messages = new ArrayList<>(prompt);
    messages.add(preferred);
    messages.add(rejected);
    return Collections.unmodifiableList(messages);
  }
}
