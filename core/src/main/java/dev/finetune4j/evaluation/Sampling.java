package dev.finetune4j.evaluation;

import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one sample: asks, measures, grades. Thread-safe. */
final class Sampling {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
  // A service that only says "too many" gets a second.
  private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

  private final Map<String, Grader> graders;
  private final ChatModel model;

  Sampling(Map<String, Grader> graders, ChatModel model) {
    this.graders = graders;
    this.model = model;
  }

  /** Asks the model, and hands over its answer before it is graded. */
  Attempt ask(Question question, BiConsumer<ChatResponse, Duration> onAnswer) {
    long start = System.nanoTime();
    ChatResponse response;
    try {
      response = model.chat(question.request());
    } catch (RateLimitException e) {
      return Attempt.refused(e.retryAfter().orElse(USUAL_WAIT), reason(e));
    } catch (RuntimeException e) {
      LOG.debug("Sample {} got no answer.", question.key(), e);
      return Thread.currentThread().isInterrupted()
          ? Attempt.interrupted()
          : Attempt.done(failed(question, since(start), reason(e)), RateStatus.UNKNOWN);
    }
    Duration latency = since(start);
    onAnswer.accept(response, latency);
    return Attempt.done(graded(question, response, latency), response.rateStatus());
  }

  /** Grades an answer that is there. */
  SampleResult graded(Question question, ChatResponse response, Duration latency) {
    SampledAnswer answer = new SampledAnswer(response, latency);
    SampleResult.Builder sample =
        question.sample().latency(latency).usage(response.usage()).answer(response.text());
    graders.forEach(
        (name, grader) -> {
          try {
            sample.grade(name, grader.grade(question.example(), answer));
          } catch (RuntimeException e) {
            LOG.debug("Grader {} broke.", name, e);
            sample.failure("Grader \"" + name + "\" broke: " + reason(e));
          }
        });
    return sample.build();
  }

  /** Returns the sample of a question that got no answer. */
  static SampleResult failed(Question question, Duration latency, String reason) {
    return question.sample().latency(latency).failure(reason).build();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String reason(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
