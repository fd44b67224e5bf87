package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;

/** The parameters that a model accepts; reasoning models refuse sampling parameters. */
final class ChatRules {

  private ChatRules() {}

  static void check(JsonObject body, SimulatedBaseModel base) throws ErrorResponseException {
    between(body, "temperature", 2);
    between(body, "top_p", 1);
    between(body, "top_logprobs", 20);
    if (base.kind() != SimulatedBaseModel.Kind.REASONING) {
      return;
    }
    if (body.findLong("max_tokens").isPresent()) {
      throw OpenAiErrors.invalid(
          "max_tokens",
          "unsupported_parameter",
          "Unsupported parameter: 'max_tokens' is not supported with this model."
              + " Use 'max_completion_tokens' instead.");
    }
    for (String name : new String[] {"temperature", "top_p"}) {
      if (body.findDouble(name).orElse(1) != 1) {
        throw OpenAiErrors.invalid(
            name,
            "unsupported_value",
            "Unsupported value: '" + name + "' does not support another value than 1.");
      }
    }
    if (body.findBoolean("logprobs").orElse(false)) {
      throw OpenAiErrors.invalid(
          "logprobs",
          "unsupported_parameter",
          "Unsupported parameter: 'logprobs' is not supported with this model.");
    }
  }

  private static void between(JsonObject body, String name, double maximum)
      throws ErrorResponseException {
    double value = body.findDouble(name).orElse(0);
    if (value < 0 || value > maximum) {
      throw OpenAiErrors.invalid(
          name, null, "Invalid '" + name + "': expected a value between 0 and " + maximum + ".");
    }
  }
}
