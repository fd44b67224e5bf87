package dev.finetune4j.inference;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import java.util.List;
import java.util.Objects;

/** A model's answer. Immutable and thread-safe. */
public final class ChatResponse {
  private final Message message;
  private final String model;
  private final FinishReason finishReason;
  private final TokenUsage usage;
  private final List<TokenProbability> tokenProbabilities;

  private ChatResponse(
      Message message,
      String model,
      FinishReason finishReason,
      TokenUsage usage,
      List<TokenProbability> tokenProbabilities) {
    this.message = Objects.requireNonNull(message, "message");
    this.model = Objects.requireNonNull(model, "model");
    this.finishReason = Objects.requireNonNull(finishReason, "finishReason");
    this.usage = Objects.requireNonNull(usage, "usage");
    this.tokenProbabilities = List.copyOf(tokenProbabilities);
  }

  /**
   * Returns an answer of plain text that ended by itself, no usage known: what a test double needs.
   */
  public static ChatResponse of(String text) {
    return of(Message.assistant(text));
  }

  /** Returns an answer that ended by itself, no usage known. */
  public static ChatResponse of(Message message) {
    return new ChatResponse(message, "", FinishReason.STOP, TokenUsage.NONE, List.of());
  }

  /** Returns this answer with the name of the model as the server reports it. */
  public ChatResponse withModel(String name) {
    return new ChatResponse(message, name, finishReason, usage, tokenProbabilities);
  }

  /** Returns this answer with another reason for its end. */
  public ChatResponse withFinishReason(FinishReason reason) {
    return new ChatResponse(message, model, reason, usage, tokenProbabilities);
  }

  /** Returns this answer with the tokens that it took. */
  public ChatResponse withUsage(TokenUsage tokens) {
    return new ChatResponse(message, model, finishReason, tokens, tokenProbabilities);
  }

  /** Returns this answer with the probabilities of its tokens. */
  public ChatResponse withTokenProbabilities(List<TokenProbability> probabilities) {
    return new ChatResponse(message, model, finishReason, usage, probabilities);
  }

  /** Returns the whole message. */
  public Message message() {
    return message;
  }

  /** Returns the text of the message; empty if it only calls tools. */
  public String text() {
    return message.text();
  }

  /** Returns the tools that the model wants run; mostly empty. */
  public List<ToolCall> toolCalls() {
    return message.toolCalls();
  }

  /** Returns the model as the server reports it; empty if it does not. */
  public String model() {
    return model;
  }

  /** Returns why the answer ended. */
  public FinishReason finishReason() {
    return finishReason;
  }

  /** Returns the tokens that it took; {@link TokenUsage#NONE} if the server does not say. */
  public TokenUsage usage() {
    return usage;
  }

  /**
   * Returns how likely each token of the text was, in order; empty unless the request asked for it
   * and the server can tell.
   */
  public List<TokenProbability> tokenProbabilities() {
    return tokenProbabilities;
  }

  @Override
  public String toString() {
    return "ChatResponse(" + finishReason + ", " + usage.total() + " tokens: " + text() + ")";
  }
}
