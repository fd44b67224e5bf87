package dev.finetune4j.simulator.openai;

import java.util.List;

/**
 * An answer of a simulated model: text, a refusal, or tool calls. Immutable.
 *
 * @param text the text of the answer or of the refusal; empty with tool calls
 */
public record ChatAnswer(Kind kind, String text, List<Call> calls) {

  /** What kind of answer it is. */
  public enum Kind {
    /** A text. */
    TEXT,
    /** The model will not answer, and says so. */
    REFUSAL,
    /** The model wants tools to be called. */
    TOOL_CALLS
  }

  /** A tool that is to be called, with its arguments as JSON. */
  public record Call(String tool, String arguments) {}

  /** Keeps its own copy. */
  public ChatAnswer {
    calls = List.copyOf(calls);
  }

  /** Makes an answer of text. */
  public static ChatAnswer text(String text) {
    return new ChatAnswer(Kind.TEXT, text, List.of());
  }

  /** Makes a refusal. */
  public static ChatAnswer refusal(String text) {
    return new ChatAnswer(Kind.REFUSAL, text, List.of());
  }

  /** Makes an answer that calls tools, in this order. */
  public static ChatAnswer calls(Call... calls) {
    return new ChatAnswer(Kind.TOOL_CALLS, "", List.of(calls));
  }
}
