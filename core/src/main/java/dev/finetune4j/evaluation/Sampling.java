package dev.finetune4j.evaluation;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one sample: asks, measures, grades. Thread-safe. */
final class Sampling {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

  private final Evaluation evaluation;
  private final ChatModel model;

  Sampling(Evaluation evaluation, ChatModel model) {
    this.evaluation = evaluation;
    this.model = model;
  }

  SampleResult sample(SampleKey key, PromptExample example) {
    SampleResult.Builder sample =
        SampleResult.builder(key.index())
            .repetition(key.repetition())
            .prompt(promptText(example))
            .reference(referenceText(example));
    evaluation.tags().forEach((name, value) -> sample.tag(name, value.apply(example)));
    long start = System.nanoTime();
    try {
      ChatResponse response = model.chat(evaluation.request(example));
      Duration latency = Duration.ofNanos(System.nanoTime() - start);
      sample.latency(latency).usage(response.usage()).answer(response.text());
      grade(sample, example, new SampledAnswer(response, latency));
    } catch (RuntimeException e) {
      LOG.debug("Sample {} got no answer.", key, e);
      sample.latency(Duration.ofNanos(System.nanoTime() - start)).failure(reason(e));
    }
    return sample.build();
  }

  private void grade(SampleResult.Builder sample, PromptExample example, SampledAnswer answer) {
    evaluation
        .graders()
        .forEach(
            (name, grader) -> {
              try {
                sample.grade(name, grader.grade(example, answer));
              } catch (RuntimeException e) {
                LOG.debug("Grader {} broke.", name, e);
                sample.failure("Grader \"" + name + "\" broke: " + reason(e));
              }
            });
  }

  private static String reason(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String promptText(PromptExample example) {
    List<Message> messages = example.prompt();
    if (messages.size() == 1) {
      return messages.get(0).text();
    }
    return messages.stream()
        .map(message -> message.role().word() + ": " + message.text())
        .collect(Collectors.joining("\n"));
  }

  private static String referenceText(PromptExample example) {
    return example
        .findReference(PromptExample.ANSWER)
        .orElseGet(
            () ->
                example.reference().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().text())
                    .collect(Collectors.joining("\n")));
  }
}
