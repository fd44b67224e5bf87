package dev.finetune4j.dataset.validation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Does pieces of work side by side and hands on their results in the order in which they were
 * submitted. Few are under way at a time, so memory stays bounded. Used by one thread.
 */
final class OrderedWork<T> implements AutoCloseable {
  private final ExecutorService executor;
  private final Consumer<T> consumer;
  private final Deque<Future<T>> pending = new ArrayDeque<>();
  private final int most;

  OrderedWork(int threads, Consumer<T> consumer) {
    this.consumer = consumer;
    most = threads * 2;
    executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "finetune4j-validation");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a piece of work; waits for the oldest one if there are enough under way. */
  void submit(Callable<T> piece) {
    if (pending.size() >= most) {
      takeOldest();
    }
    pending.add(executor.submit(piece));
  }

  /** Waits for all that is under way. */
  void finish() {
    while (!pending.isEmpty()) {
      takeOldest();
    }
  }

  private void takeOldest() {
    try {
      consumer.accept(pending.remove().get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("A rule failed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("The validation was interrupted.");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
