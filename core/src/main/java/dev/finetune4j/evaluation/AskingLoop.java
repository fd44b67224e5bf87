package dev.finetune4j.evaluation;

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
 * Asks questions as fast as the service lets it: the thread that runs the evaluation decides when,
 * the workers ask and wait. Used by one thread.
 */
final class AskingLoop {
  // While it waits for the next turn, it looks this often for answers.
  private static final Duration SLICE = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int MOST_REFUSALS = 8;
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(100);

  private final EvaluationSettings settings;
  private final Asking asking;
  private final Spending spending;
  private final Pace pace;
  private final ConcurrencyWindow window;
  private final CompletionService<Ended> ended;
  private final Consumer<SampleResult> finished;
  private final Deque<Question> waiting = new ArrayDeque<>();
  private final Map<SampleKey, Integer> refusals = new HashMap<>();
  private int underWay;
  private long number;

  AskingLoop(
      EvaluationSettings settings,
      Asking asking,
      Executor workers,
      Consumer<SampleResult> finished) {
    this.settings = settings;
    this.asking = asking;
    this.finished = finished;
    spending = asking.spending();
    pace = new Pace(settings.requestsPerMinute, settings.tokensPerMinute, settings.time.now());
    window =
        settings.adaptive
            ? ConcurrencyWindow.upTo(settings.concurrency)
            : ConcurrencyWindow.startingAt(settings.concurrency);
    ended = new ExecutorCompletionService<>(workers);
  }

  /** A question whose attempt is over. */
  private record Ended(Question question, Attempt attempt, long number, boolean isPaced) {}

  /** Asks all, and returns when all have their samples. */
  void run(List<Question> questions) throws InterruptedException {
    waiting.addAll(questions);
    while (!waiting.isEmpty() || underWay > 0) {
      for (Future<Ended> next = ended.poll(); next != null; next = ended.poll()) {
        take(next);
      }
      if (settings.stop.getAsBoolean()) {
        leave("Not asked: the evaluation was cancelled.");
      }
      if (waiting.isEmpty() || underWay >= window.size()) {
        if (underWay > 0) {
          take(ended.take());
        }
      } else {
        askNext();
      }
    }
  }

  private void askNext() throws InterruptedException {
    Question next = waiting.element();
    if (asking.isKept(next)) {
      submit(next, false);
      return;
    }
    Duration pause = pace.pause(next.tokens(), settings.time.now());
    if (!pause.isZero()) {
      settings.time.sleep(pause.compareTo(SLICE) < 0 ? pause : SLICE);
    } else if (spending.reserve(next)) {
      pace.asked(next.tokens(), settings.time.now());
      submit(next, true);
    } else if (underWay > 0) {
      // What is under way may cost less than was reserved for it.
      take(ended.take());
    } else {
      leave(spending.reason());
    }
  }

  private void submit(Question question, boolean isPaced) {
    waiting.remove();
    underWay++;
    long place = ++number;
    ended.submit(() -> new Ended(question, asking.ask(question), place, isPaced));
  }

  private void leave(String reason) {
    for (Question question : waiting) {
      finished.accept(question.notAsked(reason));
    }
    waiting.clear();
  }

  private void take(Future<Ended> future) throws InterruptedException {
    Ended end = result(future);
    underWay--;
    Attempt attempt = end.attempt();
    if (end.isPaced()) {
      pace.ended(end.question().tokens(), attempt.rates(), settings.time.now());
      if (attempt.rates().refusals() > 0) {
        window.refused(end.number(), number);
      } else {
        window.answered(underWay);
      }
    }
    SampleResult sample = attempt.sample();
    if (sample != null) {
      refusals.remove(sample.key());
      spending.paid(sample);
      finished.accept(sample);
    } else {
      refused(end.question(), attempt);
    }
  }

  private void refused(Question question, Attempt attempt) throws InterruptedException {
    Duration wait = attempt.retryAfter();
    spending.release(question);
    if (wait == null) {
      // Where the loop's own thread asks, its flag is still set.
      Thread.interrupted();
      throw new InterruptedException("A worker of the evaluation was interrupted.");
    }
    int times = refusals.merge(question.key(), 1, Integer::sum);
    if (times >= MOST_REFUSALS || wait.compareTo(LONGEST_WAIT) > 0) {
      finished.accept(asking.givenUp(question, attempt.refusal()));
      return;
    }
    // A service that refuses the same question again needs more than it asked for.
    Duration patience = FIRST_PATIENCE.multipliedBy(1L << (times - 1));
    pace.closeFor(wait.compareTo(patience) > 0 ? wait : patience, settings.time.now());
    waiting.addFirst(question);
  }

  private static Ended result(Future<Ended> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      } else if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw new IllegalStateException("An evaluation thread broke: " + e.getCause(), e);
    }
  }
}
