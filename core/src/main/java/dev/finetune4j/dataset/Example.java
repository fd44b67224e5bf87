package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import java.util.List;

/** One line of a data set. Its kind determines which training method can use it. */
public sealed interface Example permits ChatExample, PreferenceExample, PromptExample {

  /** Returns what the model is shown before it answers, oldest first. */
  List<Message> prompt();

  /** Returns all messages in order, including the answers. */
  List<Message> messages();

  /** Returns the tools that are available. */
  List<ToolDefinition> tools();
}
