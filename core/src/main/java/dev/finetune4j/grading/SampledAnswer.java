package dev.finetune4j.grading;

import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An answer with everything that a grader may use. Immutable and thread-safe.
 *
 * @param response the whole answer: text, tool calls, tokens, why it ended
 * @param latency the time from the question to the whole answer; zero if it was not measured
 */
public record SampledAnswer(ChatResponse response, Duration latency) {

  /** Refuses nulls. */
  public SampledAnswer {
    Objects.requireNonNull(response, "response");
    Objects.requireNonNull(latency, "latency");
  }

  /** Returns an answer of plain text of which nothing else is known. */
  public static SampledAnswer of(String text) {
    return new SampledAnswer(ChatResponse.of(text), Duration.ZERO);
  }

  /** Returns the text; empty if the answer only calls tools. */
  public String text() {
    return response.text();
  }

  /** Returns the tool calls; often empty. */
  public List<ToolCall> toolCalls() {
    return response.toolCalls();
  }

  /** Returns the tokens that it took; {@link TokenUsage#NONE} if the server does not say. */
  public TokenUsage usage() {
    return response.usage();
  }
}
