package dev.finetune4j.dataset;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import java.util.List;

/** One line of a data set. The kind of example decides which training method can use it. */
public sealed interface Example permits ChatExample, PreferenceExample, PromptExample {

  /** Returns what the model is shown before it answers, oldest first. */
  List<Message> prompt();

  /** Returns every message that it holds, answers too, in their order. */
  List<Message> messages();

  /** Returns the tools that are at hand in it. */
  List<ToolDefinition> tools();
}
