package dev.finetune4j.openai;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The smallest requests of each method that the service accepts. Stateless. */
final class MethodRequests {
  static final String BASE = "gpt-4.1-mini-2025-04-14";

  static final GraderSpec GRADER =
      new GraderSpec.Multi(
          "both",
          Map.of(
              "exact", GraderSpec.exactMatch("exact", PromptExample.ANSWER),
              "near", GraderSpec.similarity("near", PromptExample.ANSWER, TextMetric.FUZZY_MATCH)),
          "0.5 * exact + 0.5 * near");

  static final Map<String, Object> ANSWER_SHAPE =
      Map.of(
          "type",
          "json_schema",
          "json_schema",
          Map.of("name", "sum", "schema", Map.of("type", "object"), "strict", true));

  private MethodRequests() {}

  static FineTuningRequest preference(double beta) {
    Dataset<PreferenceExample> pairs =
        Dataset.of(
            "pairs",
            PreferenceExample.class,
            IntStream.rangeClosed(1, 12)
                .mapToObj(
                    number ->
                        PreferenceExample.of(
                            List.of(Message.user(number + " + 1 = ?")),
                            Message.assistant("" + (number + 1)),
                            Message.assistant("about " + number)))
                .toList());
    return FineTuningRequest.builder(BASE, PreferenceTraining.withDefaults().withBeta(beta), pairs)
        .build();
  }

  static FineTuningRequest reinforcement() {
    return FineTuningRequest.builder(
            "o4-mini-2025-04-16", ReinforcementTraining.towards(GRADER), prompts(1))
        .validationData(prompts(101))
        .providerOption("response_format", ANSWER_SHAPE)
        .providerOption("hyperparameters", Map.of("reasoning_effort", "low"))
        .build();
  }

  static Dataset<PromptExample> prompts(int first) {
    return Dataset.of(
        "prompts-" + first,
        PromptExample.class,
        IntStream.range(first, first + 12)
            .mapToObj(
                number ->
                    PromptExample.of(List.of(Message.user(number + " + 1 = ?")), "" + (number + 1)))
            .toList());
  }

  static Dataset<ChatExample> differences() {
    return Dataset.of(
        "differences",
        ChatExample.class,
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                number ->
                    ChatExample.of(
                        Message.user(number + " - 1 = ?"), Message.assistant("" + (number - 1))))
            .toList());
  }
}
