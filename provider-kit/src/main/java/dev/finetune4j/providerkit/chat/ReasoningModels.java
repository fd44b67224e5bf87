package dev.finetune4j.providerkit.chat;

import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What models that reason before they answer do not take: OpenAI's o-series and GPT-5 answer 400 to
 * a temperature and to probabilities of tokens. Thread-safe.
 */
public final class ReasoningModels {
  private static final Pattern NAMES = Pattern.compile("(ft:)?(o[1-9]|gpt-5(?!-chat)).*");
  private static final List<String> REFUSED =
      List.of("temperature", "top_p", "logprobs", "top_logprobs", "logit_bias");

  private static final Logger LOG = LoggerFactory.getLogger(ReasoningModels.class);
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private ReasoningModels() {}

  /** Returns whether a model of that name reasons, tuned ones too; a guess for unknown names. */
  public static boolean includes(String model) {
    return NAMES.matcher(model).matches();
  }

  /**
   * Takes out of a question what such a model refuses, and says so in the log, once for each model.
   * They sample at their own temperature whatever is asked, so an evaluation "at temperature 0" is
   * one at the model's own.
   */
  static void prepare(JsonObject body, String model, ChatRequest request) {
    List<String> dropped =
        REFUSED.stream()
            .filter(member -> !request.providerOptions().containsKey(member) && body.has(member))
            .toList();
    dropped.forEach(body.asMap()::remove);
    if (!dropped.isEmpty() && WARNED.add(model)) {
      LOG.warn("Model {} reasons and takes no {}: not sent, now and from here on.", model, dropped);
    }
  }
}
