package dev.finetune4j.providerkit.token;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.token.ImageTokens;
import dev.finetune4j.token.TokenCounter;
import java.util.List;

/**
 * Counts tokens with the encoding of an OpenAI model. Immutable to its callers and thread-safe; the
 * first use of an encoding loads its ranks, a few megabytes, once for all counters.
 *
 * <p>Texts are counted exactly where the model's encoding is published. Around the texts there is
 * what OpenAI's data-preparation notebook assumes: 3 tokens for each message, 1 for a name, 3 for
 * each example. Tools are counted by their JSON, and images by {@link ImageTokens}; {@link #margin}
 * says by how much these two may be wrong.
 */
public final class OpenAiTokenCounter implements TokenCounter {
  private static final int AROUND_A_MESSAGE = 3;
  private static final int AROUND_A_NAME = 1;
  private static final int AROUND_AN_EXAMPLE = 3;

  private final PieceCounter pieces;
  private final ModelEncoding encoding;

  private OpenAiTokenCounter(ModelEncoding encoding) {
    this.encoding = encoding;
    this.pieces = PieceCounter.of(encoding.type());
  }

  /**
   * Returns the counter for a model, a tuned one too ({@code ft:gpt-4o-mini...}), under OpenAI's or
   * Azure's name. An unknown name is counted with {@code o200k_base} and flagged as an estimate.
   */
  public static OpenAiTokenCounter forModel(String model) {
    return new OpenAiTokenCounter(ModelEncoding.of(model));
  }

  /** Returns the name of the encoding: {@code o200k_base} or {@code cl100k_base}. */
  public String encodingName() {
    return encoding.type().getName();
  }

  @Override
  public long count(String text) {
    return pieces.count(text);
  }

  /** Counts prompt and answer; for a preference pair both answers, each with the prompt once. */
  @Override
  public long count(Example example) {
    if (example instanceof ChatExample chat) {
      return AROUND_AN_EXAMPLE + messages(chat.messages()) + tools(chat.tools());
    } else if (example instanceof PreferenceExample pair) {
      return AROUND_AN_EXAMPLE
          + messages(pair.prompt())
          + messages(List.of(pair.preferred(), pair.rejected()))
          + tools(pair.tools());
    }
    return AROUND_AN_EXAMPLE
        + messages(example.prompt())
        + tools(((PromptExample) example).tools());
  }

  @Override
  public boolean isExact() {
    return encoding.published();
  }

  private long messages(List<Message> messages) {
    long tokens = 0;
    for (Message message : messages) {
      tokens += AROUND_A_MESSAGE + count(message.role().word());
      for (ContentPart part : message.content()) {
        tokens +=
            part instanceof ContentPart.Image image ? ImageTokens.of(image) : count(part.text());
      }
      for (ToolCall call : message.toolCalls()) {
        tokens += AROUND_A_MESSAGE + count(call.name()) + count(call.argumentsJson());
      }
      if (message.name().isPresent()) {
        tokens += AROUND_A_NAME + count(message.name().get());
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
}
