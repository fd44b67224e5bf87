package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.token.EstimatedTokenCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes all questions of an evaluation, so that what cannot be asked shows before any is. */
final class QuestionList {
  private static final EstimatedTokenCounter TOKENS = new EstimatedTokenCounter();

  private QuestionList() {}

  static List<Question> of(EvaluationSettings settings) {
    List<PromptExample> examples;
    try (Stream<PromptExample> stream = settings.dataset.examples()) {
      examples = stream.toList();
    }
    List<Question> questions = new ArrayList<>(examples.size() * settings.repetitions);
    for (int i = 0; i < examples.size(); i++) {
      PromptExample example = examples.get(i);
      ChatRequest request = settings.request(example);
      Map<String, String> tags = tags(settings, example, i);
      long tokens = TOKENS.count(example) + settings.maximumTokens.orElse(0);
      for (int repetition = 0; repetition < settings.repetitions; repetition++) {
        questions.add(new Question(new SampleKey(i, repetition), example, request, tags, tokens));
      }
    }
    return questions;
  }

  private static Map<String, String> tags(
      EvaluationSettings settings, PromptExample example, int index) {
    Map<String, String> tags = new LinkedHashMap<>();
    settings.tags.forEach(
        (name, value) -> {
          try {
            tags.put(name, Objects.requireNonNull(value.apply(example), "it gave null"));
          } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                String.format(
                    "Tag \"%s\" broke on example %d of \"%s\": %s. Nothing was asked.",
                    name, index, settings.dataset.name(), e.getMessage()),
                e);
          }
        });
    return tags;
  }
}
