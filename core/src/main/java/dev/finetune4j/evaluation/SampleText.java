package dev.finetune4j.evaluation;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an example as text for people. */
final class SampleText {
  private SampleText() {}

  static String prompt(PromptExample example) {
    List<Message> messages = example.prompt();
    if (messages.size() == 1) {
      return messages.get(0).text();
    }
    return messages.stream()
        .map(message -> message.role().word() + ": " + message.text())
        .collect(Collectors.joining("\n"));
  }

  static String reference(PromptExample example) {
    return example
        .findReference(PromptExample.ANSWER)
        .orElseGet(
            () ->
                example.reference().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().text())
                    .collect(Collectors.joining("\n")));
  }
}
