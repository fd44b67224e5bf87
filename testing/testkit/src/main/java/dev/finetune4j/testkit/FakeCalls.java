package dev.finetune4j.testkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What was asked of a {@link FakeProvider}, and what shall go wrong when it is asked next.
 *
 * <pre>{@code
 * provider.calls().loseAnswer(FakeOperation.CREATE_JOB);
 * workflow.run(run, plan);
 * assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
 * }</pre>
 *
 * <p>Faults for one operation happen in the order in which they were planned, one a call.
 * Thread-safe: operations happen one after the other, but for questions to models, which happen
 * side by side.
 */
public final class FakeCalls {
  private final ProviderId provider;
  private final Map<FakeOperation, Integer> counts = new EnumMap<>(FakeOperation.class);
  private final Map<FakeOperation, Queue<Runnable>> before = new EnumMap<>(FakeOperation.class);
  private final Map<FakeOperation, Queue<Runnable>> after = new EnumMap<>(FakeOperation.class);
  private Consumer<FakeOperation> everyCall = operation -> {};

  FakeCalls(ProviderId provider) {
    this.provider = provider;
  }

  /** Returns how often the operation was asked for, failed ones included. */
  public synchronized int count(FakeOperation operation) {
    return counts.getOrDefault(operation, 0);
  }

  /** Returns how often anything was asked for. */
  public synchronized int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Lets the next such operation happen and its answer get lost on the way back. */
  public void loseAnswer(FakeOperation operation) {
    runAfter(
        operation,
        () -> {
          throw new ProviderUnavailableException(
              ProviderFailure.of(provider, "The answer to " + operation + " was lost."), null);
        });
  }

  /**
   * Refuses the next {@code times} such operations before they happen, as a server that is down.
   */
  public void beUnavailable(FakeOperation operation, int times) {
    for (int count = 0; count < times; count++) {
      runBefore(
          operation,
          () -> {
            throw new ProviderUnavailableException(
                ProviderFailure.of(provider, "The service is down.").withHttpStatus(503), null);
          });
    }
  }

  /** Refuses the next such operation before it happens and asks to wait. */
  public void limitRate(FakeOperation operation, Duration retryAfter) {
    runBefore(
        operation,
        () -> {
          throw new RateLimitException(
              ProviderFailure.of(provider, "Too many requests.").withHttpStatus(429), retryAfter);
        });
  }

  /** Runs {@code action} when the next such operation is asked for, before it happens. */
  public synchronized void runBefore(FakeOperation operation, Runnable action) {
    before.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(action);
  }

  /** Runs {@code action} after the next such operation has happened, before its answer. */
  public synchronized void runAfter(FakeOperation operation, Runnable action) {
    after.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(action);
  }

  /**
   * Runs {@code action} before each operation from now on: what it throws goes to the caller, so a
   * test can let a process "die" at any call.
   */
  public synchronized void runBeforeEach(Consumer<FakeOperation> action) {
    everyCall = action;
  }

  /**
   * Counts the operation and lets it happen, the planned faults around it, nothing else at the same
   * time.
   */
  <T> T make(FakeOperation operation, Supplier<T> effect) {
    return makeBeside(
        operation,
        () -> {
          synchronized (this) {
            return effect.get();
          }
        });
  }

  /** Does what {@link #make} does, but lets other operations happen at the same time. */
  <T> T makeBeside(FakeOperation operation, Supplier<T> effect) {
    start(operation).accept(operation);
    runNext(before, operation);
    T answer = effect.get();
    runNext(after, operation);
    return answer;
  }

  private synchronized Consumer<FakeOperation> start(FakeOperation operation) {
    counts.merge(operation, 1, Integer::sum);
    return everyCall;
  }

  private void runNext(Map<FakeOperation, Queue<Runnable>> plan, FakeOperation operation) {
    Runnable action;
    synchronized (this) {
      Queue<Runnable> actions = plan.get(operation);
      if (actions == null || actions.isEmpty()) {
        return;
      }
      action = actions.remove();
    }
    action.run();
  }
}
