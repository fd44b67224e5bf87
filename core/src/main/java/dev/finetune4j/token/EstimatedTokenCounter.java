package dev.finetune4j.token;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.util.List;

/**
 * Estimates tokens from the length of the text: one for four letters, as is typical of English, and
 * one for each character of a script without spaces between words. Off by a fifth or more for other
 * languages and for code. Needs no tokenizer. Immutable and thread-safe.
 */
public final class EstimatedTokenCounter implements TokenCounter {
  private static final double LETTERS_A_TOKEN = 4;
  private static final long TOKENS_AROUND_A_MESSAGE = 3;

  /** Creates a counter. */
  public EstimatedTokenCounter() {}

  @Override
  public long count(String text) {
    int dense = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x2E80) {
        dense++;
      }
    }
    return dense + (long) Math.ceil((text.length() - dense) / LETTERS_A_TOKEN);
  }

  /** Estimates prompt and answer, for a preference pair both answers; images by OpenAI's rule. */
  @Override
  public long count(Example example) {
    if (example instanceof ChatExample chat) {
      return messages(chat.messages()) + tools(chat.tools());
    } else if (example instanceof PreferenceExample pair) {
      return messages(pair.prompt())
          + messages(List.of(pair.preferred(), pair.rejected()))
          + tools(pair.tools());
    }
    return messages(example.prompt()) + tools(((PromptExample) example).tools());
  }

  private long messages(List<Message> messages) {
    long tokens = 0;
    for (Message message : messages) {
      tokens += TOKENS_AROUND_A_MESSAGE;
      for (ContentPart part : message.content()) {
        tokens +=
            part instanceof ContentPart.Image image ? ImageTokens.of(image) : count(part.text());
      }
      for (ToolCall call : message.toolCalls()) {
        tokens += count(call.name()) + count(call.argumentsJson());
      }
    }
    return tokens;
  }

  private long tools(List<ToolDefinition> tools) {
    long tokens = 0;
    for (ToolDefinition tool : tools) {
      tokens += count(tool.name()) + count(tool.description()) + count(tool.parametersJson());
    }
    return tokens;
  }

  @Override
  public boolean isExact() {
    return false;
  }
}
