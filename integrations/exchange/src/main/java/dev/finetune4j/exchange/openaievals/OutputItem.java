package dev.finetune4j.exchange.openaievals;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line: what one run made of one item. Immutable.
 *
 * @param run the run
 * @param row the place of the item in its data source, from 0
 * @param item the item
 * @param sample what the model was asked and answered; null if the run only graded
 * @param grades the scores by grader
 * @param passes the verdicts by grader
 */
record OutputItem(
    String run,
    long row,
    JsonObject item,
    @Nullable JsonObject sample,
    JsonObject grades,
    JsonObject passes) {

  static OutputItem read(JsonObject line) {
    return new OutputItem(
        line.requireString("run_id"),
        line.requireLong("data_source_idx"),
        line.requireObject("item"),
        line.findObject("sample").orElse(null),
        line.findObject("grades").orElse(JsonObject.empty()),
        line.findObject("passes").orElse(JsonObject.empty()));
  }

  boolean isSameItem(OutputItem other) {
    return item.asMap().equals(other.item.asMap());
  }

  Set<String> graders() {
    Set<String> names = new LinkedHashSet<>(grades.asMap().keySet());
    names.addAll(passes.asMap().keySet());
    return names;
  }

  /** Returns what the model was asked; empty if the line does not say. */
  List<Message> messages() {
    if (sample == null) {
      return List.of();
    }
    return sample.objects("trajectory").stream()
        .flatMap(message -> message(message).stream())
        .toList();
  }

  PromptExample example() {
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    item.asMap().forEach((name, value) -> reference.put(name, value(value)));
    return new PromptExample(asked(), reference, List.of());
  }

  SampleResult sample(int index, int repetition) {
    SampleResult.Builder result =
        SampleResult.builder(index)
            .repetition(repetition)
            .prompt(asked().stream().map(Message::text).collect(Collectors.joining("\n\n")))
            .reference(Json.write(item.asMap()));
    if (sample != null) {
      Optional<String> failure = failure(sample);
      result.failure(failure.orElse(null)).usage(usage(sample));
      String text = answer(sample);
      result.answer(failure.isPresent() && text.isEmpty() ? null : text);
    }
    for (String grader : graders()) {
      // A run that failed has no answer to grade.
      if (sample == null || failure(sample).isEmpty()) {
        boolean passed = passes.findBoolean(grader).orElse(false);
        double score = grades.findDouble(grader).orElse(passed ? 1 : 0);
        result.grade(grader, new Grade(score, passed, Optional.empty()));
      }
    }
    return result.build();
  }

  private List<Message> asked() {
    List<Message> messages = messages();
    if (!messages.isEmpty()) {
      return messages;
    }
    Object input = item.asMap().get("input");
    if (input instanceof List<?>) {
      List<Message> written =
          item.objects("input").stream().flatMap(message -> message(message).stream()).toList();
      if (!written.isEmpty()) {
        return written;
      }
    }
    // The other members may hold the expected answer, which the prompt must not show.
    Object shown = input == null ? item.asMap() : input;
    return List.of(Message.user(shown instanceof String text ? text : Json.write(shown)));
  }

  private static Optional<Message> message(JsonObject message) {
    return Role.find(String.valueOf(message.asMap().get("role")))
        .map(role -> Message.of(role, text(message.asMap().get("content"))));
  }

  private static String answer(JsonObject sample) {
    return sample.objects("outputs").stream()
        .map(output -> text(output.asMap().get("content")))
        .collect(Collectors.joining("\n"));
  }

  private static String text(@Nullable Object content) {
    if (content == null) {
      return "";
    }
    return content instanceof String text ? text : Json.write(content);
  }

  private static Optional<String> failure(JsonObject sample) {
    Object error = sample.asMap().get("error");
    if (error instanceof Map<?, ?> map && map.get("message") instanceof String message) {
      return Optional.of(message);
    }
    return error instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static TokenUsage usage(JsonObject sample) {
    JsonObject usage = sample.findObject("token_usage").orElse(JsonObject.empty());
    return new TokenUsage(
        usage.findLong("prompt_tokens").orElse(0), usage.findLong("completion_tokens").orElse(0));
  }

  private static ReferenceValue value(@Nullable Object value) {
    return value instanceof String text
        ? ReferenceValue.text(text)
        : ReferenceValue.json(Json.write(value));
  }
}
