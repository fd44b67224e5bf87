package dev.finetune4j.inference;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** A model's answer. Immutable and thread-safe. */
public final class ChatResponse {
  private final Message message;
  private final String model;
  private final FinishReason finishReason;
  private final TokenUsage usage;
  private final List<TokenProbability> tokenProbabilities;
  private final RateStatus rateStatus;

  private ChatResponse(Parts parts) {
    message = Objects.requireNonNull(parts.message, "message");
    model = Objects.requireNonNull(parts.model, "model");
    finishReason = Objects.requireNonNull(parts.finishReason, "finishReason");
    usage = Objects.requireNonNull(parts.usage, "usage");
    tokenProbabilities = List.copyOf(parts.tokenProbabilities);
    rateStatus = Objects.requireNonNull(parts.rateStatus, "rateStatus");
  }

  /** The components while they are put together. */
  private static final class Parts {
    private final Message message;
    private String model = "";
    private FinishReason finishReason = FinishReason.STOP;
    private TokenUsage usage = TokenUsage.NONE;
    private List<TokenProbability> tokenProbabilities = List.of();
    private RateStatus rateStatus = RateStatus.UNKNOWN;

    Parts(Message message) {
      this.message = message;
    }

    Parts(ChatResponse response) {
      message = response.message;
      model = response.model;
      finishReason = response.finishReason;
      usage = response.usage;
      tokenProbabilities = response.tokenProbabilities;
      rateStatus = response.rateStatus;
    }
  }

  private ChatResponse with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return new ChatResponse(parts);
  }

  /** Returns a complete text answer without usage, for test doubles. */
  public static ChatResponse of(String text) {
    return of(Message.assistant(text));
  }

  /** Returns a complete answer without usage. */
  public static ChatResponse of(Message message) {
    return new ChatResponse(new Parts(message));
  }

  /** Returns this answer with the name of the model as the server reports it. */
  public ChatResponse withModel(String name) {
    return with(parts -> parts.model = name);
  }

  /** Returns this answer with another reason for its end. */
  public ChatResponse withFinishReason(FinishReason reason) {
    return with(parts -> parts.finishReason = reason);
  }

  /** Returns this answer with the tokens that it took. */
  public ChatResponse withUsage(TokenUsage tokens) {
    return with(parts -> parts.usage = tokens);
  }

  /** Returns this answer with the probabilities of its tokens. */
  public ChatResponse withTokenProbabilities(List<TokenProbability> probabilities) {
    return with(parts -> parts.tokenProbabilities = probabilities);
  }

  /** Returns this answer with the rate limits that the service reported. */
  public ChatResponse withRateStatus(RateStatus status) {
    return with(parts -> parts.rateStatus = status);
  }

  /** Returns the whole message. */
  public Message message() {
    return message;
  }

  /** Returns the text of the message; empty if it only calls tools. */
  public String text() {
    return message.text();
  }

  /** Returns the tool calls; often empty. */
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

  /** Returns the rate limits that the service reported, or {@link RateStatus#UNKNOWN}. */
  public RateStatus rateStatus() {
    return rateStatus;
  }

  @Override
  public String toString() {
    return "ChatResponse(" + finishReason + ", " + usage.total() + " tokens: " + text() + ")";
  }
}
