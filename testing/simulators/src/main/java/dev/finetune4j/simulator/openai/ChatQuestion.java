package dev.finetune4j.simulator.openai;

import java.util.List;

/**
 * A question to a simulated model. Immutable.
 *
 * @param model the name that was sent
 * @param turns the messages in order, each with its text; images and the like are left out
 * @param toolNames the tools that the model may call
 * @param body the whole request as JSON, for what the other components do not show
 */
public record ChatQuestion(String model, List<Turn> turns, List<String> toolNames, String body) {

  /** One message: who speaks, and the text. */
  public record Turn(String role, String text) {}

  /** Keeps its own copies. */
  public ChatQuestion {
    turns = List.copyOf(turns);
    toolNames = List.copyOf(toolNames);
  }

  /** Returns the text of the last user message, or an empty string without one. */
  public String prompt() {
    String last = "";
    for (Turn turn : turns) {
      last = turn.role().equals("user") ? turn.text() : last;
    }
    return last;
  }
}
