package dev.finetune4j.testkit;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.token.TokenCounter;
import java.util.List;

/**
 * Counts each run of characters between spaces as one token, and one more for each message: figures
 * that a test can work out by hand. Never exact. Thread-safe.
 */
public final class WordCounter implements TokenCounter {

  /** Makes a counter. */
  public WordCounter() {}

  @Override
  public long count(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  @Override
  public long count(Example example) {
    if (example instanceof ChatExample conversation) {
      return count(conversation.messages());
    }
    if (example instanceof PreferenceExample pair) {
      return count(pair.prompt()) + count(List.of(pair.preferred(), pair.rejected()));
    }
    return count(example.prompt());
  }

  @Override
  public boolean isExact() {
    return false;
  }

  private long count(List<Message> messages) {
    return messages.stream().mapToLong(message -> 1 + count(message.text())).sum();
  }
}
