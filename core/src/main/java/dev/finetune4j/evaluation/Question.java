package dev.finetune4j.evaluation;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.token.EstimatedTokenCounter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One sample before it is asked.
 *
 * @param key which sample it is
 * @param example the example it belongs to
 * @param request the request to send
 * @param tags the values of the evaluation's tags for this example
 * @param tokens an estimate of the most tokens that the service may count for it
 */
record Question(
    SampleKey key,
    PromptExample example,
    ChatRequest request,
    Map<String, String> tags,
    long tokens) {
  private static final EstimatedTokenCounter TOKENS = new EstimatedTokenCounter();

  /** Returns all questions of an evaluation, so that a bad example fails before any request. */
  static List<Question> allOf(EvaluationSettings settings) {
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
            tags.put(name, Objects.requireNonNull(value.apply(example), "it returned null"));
          } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                "Tag \"%s\" failed on example %s of \"%s\": %s. No request was sent."
                    .formatted(name, index, settings.dataset.name(), e.getMessage()),
                e);
          }
        });
    return tags;
  }

  /** Starts the sample with everything known before the model is asked. */
  SampleResult.Builder sample() {
    SampleResult.Builder sample =
        SampleResult.builder(key.index())
            .repetition(key.repetition())
            .prompt(promptText())
            .reference(referenceText());
    tags.forEach(sample::tag);
    return sample;
  }

  /** Returns a sample that was not asked, for the given reason. */
  SampleResult notAsked(String reason) {
    return sample().notAsked(reason).build();
  }

  private String promptText() {
    List<Message> messages = example.prompt();
    if (messages.size() == 1) {
      return messages.get(0).text();
    }
    return messages.stream()
        .map(message -> message.role().word() + ": " + message.text())
        .collect(Collectors.joining("\n"));
  }

  private String referenceText() {
    return example
        .findReference(PromptExample.ANSWER)
        .orElseGet(
            () ->
                example.reference().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().text())
                    .collect(Collectors.joining("\n")));
  }
}
