package dev.finetune4j.evaluation;

import dev.finetune4j.inference.ChatResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers of one alternative in a cache, if there is one. Thread-safe. */
record KeptAnswers(@Nullable AnswerCache cache, String model) {

  Optional<AnswerCache.KeptAnswer> find(Question question) {
    return cache == null ? Optional.empty() : cache.find(key(question));
  }

  void keep(Question question, ChatResponse response, Duration latency) {
    if (cache != null) {
      cache.keep(key(question), new AnswerCache.KeptAnswer(response, latency));
    }
  }

  private String key(Question question) {
    return AnswerCache.key(model, question.request(), question.key().repetition());
  }
}
