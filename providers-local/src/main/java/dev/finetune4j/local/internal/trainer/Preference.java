package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt with a preferred and a rejected answer. Immutable.
 *
 * @param prompt everything up to the answers
 * @param preferred the text of the preferred answer
 * @param rejected the text of the rejected answer
 */
public record Preference(List<ChatMessage> prompt, String preferred, String rejected) {
  /** Copies the prompt. */
  public Preference {
    prompt = List.copyOf(prompt);
  }

  TrainingItem item(ChatTemplate template) {
    return TrainingItem.pair(answered(template, preferred), answered(template, rejected));
  }

  private TokenSequence answered(ChatTemplate template, String answer) {
    List<ChatMessage> messages = new ArrayList<>();
    prompt.forEach(message -> messages.add(ChatMessage.of(message.role(), message.content())));
    messages.add(ChatMessage.answer(answer));
    return template.encode(messages);
  }
}
