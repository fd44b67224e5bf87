package dev.finetune4j.examples.support;

import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.util.Locale;
import java.util.Map;

/**
 * Sorts tickets by a few words in place of a model, so that examples run without an account.
 * Immutable and thread-safe.
 */
public final class TicketKeywords implements ChatModel {
  private static final Map<String, String> WORDS =
      Map.of(
          "monitor",
          "Hardware",
          "keyboard",
          "Hardware",
          "battery",
          "Hardware",
          "app",
          "Software",
          "login",
          "Software",
          "update",
          "Software");

  /** Creates the model. */
  public TicketKeywords() {}

  @Override
  public ChatResponse chat(ChatRequest request) {
    String ticket =
        request.messages().get(request.messages().size() - 1).text().toLowerCase(Locale.ROOT);
    return ChatResponse.of(
        WORDS.entrySet().stream()
            .filter(word -> ticket.contains(word.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("Other"));
  }
}
