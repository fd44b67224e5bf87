package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;

/** What one line of a training file must be, by method (reference: "Training data formats"). */
interface LineCheck {

  /** Says what is wrong with an example; nothing if all is well. */
  String problem(JsonObject example);

  /** Returns what a tuned model remembers of a valid example. */
  NearestAnswer.Pair pair(JsonObject example);

  /** Returns the check of a method. */
  static LineCheck of(String method) {
    return switch (method) {
      case "dpo" -> new PreferenceLine();
      case "reinforcement" -> new ReinforcementLine();
      default -> new ChatLine();
    };
  }
}
