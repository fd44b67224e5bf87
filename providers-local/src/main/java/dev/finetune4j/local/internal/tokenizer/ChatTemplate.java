package dev.finetune4j.local.internal.tokenizer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a conversation as the base was taught to read it. Immutable; may be used by several threads.
 *
 * <p>Only the text of a trained message and the token that ends it count in the loss; headers never do.
 */
public final class ChatTemplate {
  private final ChatFormat format;
  private final Tokenizer tokenizer;

  /** Binds a format to the tokenizer that knows its special tokens. */
  public ChatTemplate(ChatFormat format, Tokenizer tokenizer) {
    this.format = format;
    this.tokenizer = tokenizer;
  }

  /** The format. */
  public ChatFormat format() {
    return format;
  }

  /** The ids at which an answer ends. */
  public Set<Integer> endTokens() {
    return format.endTokens(tokenizer);
  }

  /** A whole conversation, to be learnt from. */
  public TokenSequence encode(List<ChatMessage> messages) {
    Builder builder = new Builder();
    builder.add(format.opening(messages), false);
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      builder.add(format.header(message.role()), false);
      builder.add(format.body(message) + format.end(), message.trained());
      builder.add(format.gap(), false);
    }
    return builder.build();
  }

  /** A conversation that the assistant is to continue. */
  public int[] encodePrompt(List<ChatMessage> messages) {
    Builder builder = new Builder();
    builder.add(format.opening(messages), false);
    for (ChatMessage message : messages) {
      builder.add(format.header(message.role()), false);
      builder.add(format.body(message) + format.end(), false);
      builder.add(format.gap(), false);
    }
    builder.add(format.header("assistant"), false);
    return builder.build().tokens();
  }

  private final class Builder {
    private final List<Integer> tokens = new ArrayList<>();
    private final BitSet trained = new BitSet();
    private final StringBuilder pending = new StringBuilder();
    private boolean pendingTrained;

    void add(String text, boolean isTrained) {
      if (text.isEmpty()) {
        return;
      }
      if (isTrained != pendingTrained) {
        flush();
        pendingTrained = isTrained;
      }
      pending.append(text);
    }

    void flush() {
      for (int token : tokenizer.encode(pending.toString())) {
        trained.set(tokens.size(), pendingTrained);
        tokens.add(token);
      }
      pending.setLength(0);
    }

    TokenSequence build() {
      flush();
      return new TokenSequence(tokens.stream().mapToInt(Integer::intValue).toArray(), trained);
    }
  }
}
