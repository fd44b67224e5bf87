package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  // A sum of larger scores is meaningless; it is the mark of a fault in the grader.
  private static final double MOST_SCORE = 1e9;

  // A thread cannot be killed, so a grader that never ends must not get one for every sample.
  private static final int MOST_STUCK_CALLS = 8;

  private static final ExecutorService GRADING =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "finetune4j-grader");
            thread.setDaemon(true);
            return thread;
          });

  private final ChatModel model;
  private final Map<String, Grader> graders;
  private final Duration graderLimit;
  private final Map<String, AtomicInteger> stuckCalls = new ConcurrentHashMap<>();
  private final SampleStore store;
  private final AnswerCache.CachedAnswers cache;

  SampleRunner(EvaluationSettings settings, String name, ChatModel model, SampleStore store) {
    this.model = model;
    this.store = store;
    graders = settings.graders;
    graderLimit = settings.graderLimit;
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
    Duration latency = since(start);
    cache.put(question, response, latency);
    SampleResult sample = grade(question, response, latency);
    return Thread.currentThread().isInterrupted() && sample.failure().isPresent()
        ? new Attempt(null, RateStatus.UNKNOWN, null, "")
        : Attempt.done(stored(sample), response.rateStatus());
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
            sample.grade(name, checked(limited(name, grader, question.example(), answer)));
          } catch (VirtualMachineError e) {
            if (!(e instanceof StackOverflowError)) {
              throw e;
            }
            gradingFailed(sample, name, e);
          } catch (Throwable e) {
            gradingFailed(sample, name, e);
          }
        });
    return sample.build();
  }

  private static void gradingFailed(SampleResult.Builder sample, String name, Throwable cause) {
    LOG.debug("Grader {} failed.", name, cause);
    sample.failure("Grader \"" + name + "\" failed: " + reason(cause));
  }

  private static Grade checked(@Nullable Grade grade) {
    if (grade == null) {
      throw new IllegalStateException("It returned null instead of a grade.");
    } else if (!Double.isFinite(grade.score()) || Math.abs(grade.score()) > MOST_SCORE) {
      throw new IllegalStateException(
          "The score must be finite and at most " + MOST_SCORE + ", was " + grade.score() + ".");
    }
    return grade;
  }

  /**
   * Runs a grader on another thread, so that one that hangs costs only its sample, and no more once
   * several of its calls hang.
   */
  private @Nullable Grade limited(
      String name, Grader grader, PromptExample example, SampledAnswer answer) throws Throwable {
    AtomicInteger stuck = stuckCalls.computeIfAbsent(name, key -> new AtomicInteger());
    if (stuck.get() >= MOST_STUCK_CALLS) {
      throw new IllegalStateException(
          MOST_STUCK_CALLS
              + " of its calls took longer than their limit of "
              + graderLimit
              + " and are still running; it is not called again until one ends.");
    }
    GraderCall call = new GraderCall(grader, example, answer, stuck);
    Future<@Nullable Grade> task = GRADING.submit(call);
    try {
      return task.get(graderLimit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      call.abandon();
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw e;
    } catch (TimeoutException e) {
      call.abandon();
      task.cancel(true);
      throw new IllegalStateException("It took longer than its limit of " + graderLimit + ".", e);
    }
  }

  /** A call of a grader that counts as stuck from when it is abandoned until it ends. */
  private static final class GraderCall implements Callable<@Nullable Grade> {
    private enum State {
      WAITING,
      RUNNING,
      STUCK,
      ENDED
    }

    private final Grader grader;
    private final PromptExample example;
    private final SampledAnswer answer;
    private final AtomicInteger stuck;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    GraderCall(Grader grader, PromptExample example, SampledAnswer answer, AtomicInteger stuck) {
      this.grader = grader;
      this.example = example;
      this.answer = answer;
      this.stuck = stuck;
    }

    @Override
    public @Nullable Grade call() {
      if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
        return null;
      }
      try {
        return grader.grade(example, answer);
      } finally {
        if (state.getAndSet(State.ENDED) == State.STUCK) {
          stuck.decrementAndGet();
        }
      }
    }

    void abandon() {
      if (!state.compareAndSet(State.WAITING, State.ENDED)) {
        stuck.incrementAndGet();
        if (!state.compareAndSet(State.RUNNING, State.STUCK)) {
          stuck.decrementAndGet();
        }
      }
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
