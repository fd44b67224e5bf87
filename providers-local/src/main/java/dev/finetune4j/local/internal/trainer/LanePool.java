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
 * A thread for each lane. Work is dealt by place, never by who is free, and results come back in
 * order of place: so what is summed, and in which order, does not depend on timing.
 */
final class LanePool implements AutoCloseable {
  private final List<Lane> lanes;
  private final List<ExecutorService> threads = new ArrayList<>();

  LanePool(List<Lane> lanes) {
    this.lanes = List.copyOf(lanes);
    for (int i = 0; i < lanes.size(); i++) {
      String name = "trainer-lane-" + i;
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

  List<Lane> lanes() {
    return lanes;
  }

  /** Runs every piece of work on the lane of its place and returns the results in order. */
  <R> List<R> run(List<? extends Function<Lane, R>> work) throws InterruptedException {
    List<Future<R>> futures = new ArrayList<>();
    for (int i = 0; i < work.size(); i++) {
      int at = i % lanes.size();
      Function<Lane, R> piece = work.get(i);
      futures.add(threads.get(at).submit(() -> piece.apply(lanes.get(at))));
    }
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a training lane failed: " + e.getCause(), e.getCause());
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
    lanes.forEach(Lane::close);
  }
}
