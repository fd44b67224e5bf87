package dev.finetune4j.evaluation;

import dev.finetune4j.evaluation.RequestPacer.ConcurrencyWindow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Asks questions as fast as the service allows. The thread that runs the evaluation decides when to
 * send each request; worker threads send it and wait. Used by one thread.
 */
final class RequestScheduler {
  // How often finished requests are collected during a pause.
  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int MAXIMUM_REFUSALS = 8;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

  private final EvaluationSettings settings;
  private final SampleRunner runner;
  private final CostGuard costs;
  private final RequestPacer pacer;
  private final ConcurrencyWindow window;
  private final CompletionService<Finished> completions;
  private final Consumer<SampleResult> onSample;
  private final Deque<Question> waiting = new ArrayDeque<>();
  private final Map<SampleKey, Integer> refusals = new HashMap<>();
  private int inFlight;
  private long lastNumber;

  RequestScheduler(
      EvaluationSettings settings,
      SampleRunner runner,
      CostGuard costs,
      Executor workers,
      Consumer<SampleResult> onSample) {
    this.settings = settings;
    this.runner = runner;
    this.costs = costs;
    this.onSample = onSample;
    pacer =
        new RequestPacer(settings.requestsPerMinute, settings.tokensPerMinute, settings.time.now());
    window =
        settings.adaptive
            ? ConcurrencyWindow.upTo(settings.concurrency)
            : ConcurrencyWindow.startingAt(settings.concurrency);
    completions = new ExecutorCompletionService<>(workers);
  }

  private record Finished(
      Question question, SampleRunner.Attempt attempt, long number, boolean isPaced) {}

  /** Asks all questions and returns once each has a sample. */
  void run(List<Question> questions) throws InterruptedException {
    waiting.addAll(questions);
    while (!waiting.isEmpty() || inFlight > 0) {
      for (Future<Finished> next = completions.poll(); next != null; next = completions.poll()) {
        finish(next);
      }
      if (settings.stop.getAsBoolean()) {
        skipRest(EvaluationSettings.CANCELLED);
      }
      if (waiting.isEmpty() || inFlight >= window.size()) {
        if (inFlight > 0) {
          finish(completions.take());
        }
      } else {
        askNext();
      }
    }
  }

  private void askNext() throws InterruptedException {
    Question next = waiting.element();
    if (runner.isCached(next)) {
      submit(next, false);
      return;
    }
    Duration pause = pacer.pause(next.tokens(), settings.time.now());
    if (!pause.isZero()) {
      settings.time.sleep(pause.compareTo(SLICE) < 0 ? pause : SLICE);
    } else if (costs.reserve(next)) {
      pacer.sent(next.tokens(), settings.time.now());
      submit(next, true);
    } else if (inFlight > 0) {
      // The requests in flight may cost less than was reserved for them.
      finish(completions.take());
    } else {
      skipRest(costs.reason());
    }
  }

  private void submit(Question question, boolean isPaced) {
    waiting.remove();
    inFlight++;
    long number = ++lastNumber;
    completions.submit(() -> new Finished(question, runner.ask(question), number, isPaced));
  }

  private void skipRest(String reason) {
    waiting.forEach(question -> onSample.accept(question.notAsked(reason)));
    waiting.clear();
  }

  private void finish(Future<Finished> future) throws InterruptedException {
    Finished finished = result(future);
    inFlight--;
    SampleRunner.Attempt attempt = finished.attempt();
    if (finished.isPaced()) {
      pacer.finished(finished.question().tokens(), attempt.rates(), settings.time.now());
      if (attempt.rates().refusals() > 0) {
        window.refused(finished.number(), lastNumber);
      } else {
        window.answered(inFlight);
      }
    }
    SampleResult sample = attempt.sample();
    if (sample != null) {
      refusals.remove(sample.key());
      costs.paid(sample);
      onSample.accept(sample);
    } else {
      retry(finished.question(), attempt);
    }
  }

  private void retry(Question question, SampleRunner.Attempt attempt) throws InterruptedException {
    Duration wait = attempt.retryAfter();
    costs.release(question.key());
    if (wait == null) {
      // If the request ran on this thread, its interrupt flag is still set.
      Thread.interrupted();
      throw new InterruptedException("A worker of the evaluation was interrupted.");
    }
    int times = refusals.merge(question.key(), 1, Integer::sum);
    if (times >= MAXIMUM_REFUSALS || wait.compareTo(LONGEST_WAIT) > 0) {
      onSample.accept(runner.fail(question, Duration.ZERO, attempt.refusal()));
      return;
    }
    // A service that refuses the same question again needs longer than it asked for.
    Duration backoff = FIRST_BACKOFF.multipliedBy(1L << (times - 1));
    pacer.blockFor(wait.compareTo(backoff) > 0 ? wait : backoff, settings.time.now());
    waiting.addFirst(question);
  }

  private static Finished result(Future<Finished> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("An evaluation thread failed: " + e.getCause(), e);
    }
  }
}
