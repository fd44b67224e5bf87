package dev.finetune4j.evaluation;

import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one question into a stored sample: looks in the cache, asks the model, grades the answer
 * and stores the sample. Thread-safe.
 */
final class SampleRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SampleRunner.class);
  // Used if the service refuses a request without saying how long to wait.
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

  private final ChatModel model;
  private final Map<String, Grader> graders;
  private final SampleStore store;
  private final AnswerCache.CachedAnswers cache;

  SampleRunner(EvaluationSettings settings, String name, ChatModel model, SampleStore store) {
    this.model = model;
    this.store = store;
    graders = settings.graders;
    cache = new AnswerCache.CachedAnswers(settings.cache, name);
  }

  /**
   * The outcome of asking once: a sample, a refusal, or neither if the thread was interrupted.
   *
   * @param sample the sample; null before its first answer
   * @param rates the limits that the service reported
   * @param retryAfter how long to wait after a refusal; null if there was none
   * @param refusal why it was refused; empty if it was not
   */
  record Attempt(
      @Nullable SampleResult sample,
      RateStatus rates,
      @Nullable Duration retryAfter,
      String refusal) {

    private static Attempt done(SampleResult sample, RateStatus rates) {
      return new Attempt(sample, rates, null, "");
    }
  }

  /** Returns whether the answer is cached, so that no request is needed. */
  boolean isCached(Question question) {
    return cache.find(question).isPresent();
  }

  /** Asks one question on the calling thread. */
  Attempt ask(Question question) {
    Optional<AnswerCache.CachedAnswer> known = cache.find(question);
    if (known.isPresent()) {
      SampleResult sample = grade(question, known.get().response(), known.get().latency());
      return Attempt.done(stored(sample), RateStatus.UNKNOWN);
    }
    store.asking(question.key());
    long start = System.nanoTime();
    ChatResponse response;
    try {
      response = model.chat(question.request());
    } catch (RateLimitException e) {
      return new Attempt(
          null, RateStatus.UNKNOWN.withRefusals(1), e.retryAfter().orElse(DEFAULT_WAIT), reason(e));
    } catch (RuntimeException e) {
      LOG.debug("Sample {} got no answer.", question.key(), e);
      return Thread.currentThread().isInterrupted()
          ? new Attempt(null, RateStatus.UNKNOWN, null, "")
          : Attempt.done(fail(question, since(start), reason(e)), RateStatus.UNKNOWN);
    }
    return Attempt.done(answered(question, response, since(start)), response.rateStatus());
  }

  /** Caches and grades an answer, and stores the sample. */
  SampleResult answered(Question question, ChatResponse response, Duration latency) {
    cache.put(question, response, latency);
    return stored(grade(question, response, latency));
  }

  /** Stores a sample that got no answer. */
  SampleResult fail(Question question, Duration latency, String reason) {
    return stored(question.sample().latency(latency).failure(reason).build());
  }

  private SampleResult stored(SampleResult sample) {
    store.finished(sample);
    return sample;
  }

  private SampleResult grade(Question question, ChatResponse response, Duration latency) {
    SampledAnswer answer = new SampledAnswer(response, latency);
    SampleResult.Builder sample =
        question.sample().latency(latency).usage(response.usage()).answer(response.text());
    graders.forEach(
        (name, grader) -> {
          try {
            sample.grade(name, grader.grade(question.example(), answer));
          } catch (RuntimeException e) {
            LOG.debug("Grader {} failed.", name, e);
            sample.failure("Grader \"" + name + "\" failed: " + reason(e));
          }
        });
    return sample.build();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String reason(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
