package dev.finetune4j.providerkit.chat;

import dev.finetune4j.inference.TokenProbability;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how likely the tokens of an answer were, where a server says so. Stateless. */
final class LogProbabilities {

  private LogProbabilities() {}

  static List<TokenProbability> of(JsonObject choice) {
    List<TokenProbability> tokens = new ArrayList<>();
    if (choice.asMap().get("logprobs") instanceof Map<?, ?> found) {
      for (JsonObject token : JsonObject.of(found).objects("content")) {
        Map<String, Double> alternatives = new LinkedHashMap<>();
        for (JsonObject other : token.objects("top_logprobs")) {
          alternatives.put(other.requireString("token"), other.requireDouble("logprob"));
        }
        tokens.add(
            new TokenProbability(
                token.requireString("token"), token.requireDouble("logprob"), alternatives));
      }
    }
    return tokens;
  }
}
