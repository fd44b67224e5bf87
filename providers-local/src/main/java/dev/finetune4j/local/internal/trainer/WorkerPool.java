package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * A thread for each worker. Work is assigned by index and results are returned in that order, so
 * that the order of summation never depends on timing.
 */
final class WorkerPool implements AutoCloseable {
  private final List<Worker> workers;
  private final List<ExecutorService> threads = new ArrayList<>();

  WorkerPool(List<Worker> workers) {
    this.workers = List.copyOf(workers);
    for (int i = 0; i < workers.size(); i++) {
      String name = "trainer-worker-" + i;
      threads.add(
          Executors.newSingleThreadExecutor(
              work ->
                  new Thread(
                      () -> {
                        Tensors.singleThreadedKernels();
                        work.run();
                      },
                      name)));
    }
  }

  List<Worker> workers() {
    return workers;
  }

  /** Runs each piece of work on the worker of its index; returns the results in order. */
  <R> List<R> run(List<? extends Function<Worker, R>> work) throws InterruptedException {
    List<Future<R>> futures = new ArrayList<>();
    for (int i = 0; i < work.size(); i++) {
      int at = i % workers.size();
      Function<Worker, R> piece = work.get(i);
      futures.add(threads.get(at).submit(() -> piece.apply(workers.get(at))));
    }
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a training worker failed: " + e.getCause(), e.getCause());
      }
    }
    return results;
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
    for (ExecutorService thread : threads) {
      try {
        thread.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    workers.forEach(Worker::close);
  }
}
