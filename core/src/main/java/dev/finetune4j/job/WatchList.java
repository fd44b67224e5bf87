package dev.finetune4j.job;

import java.util.ArrayList;
import java.util.List;

/** The watches that are open: callers add them, the watcher's thread takes them. Thread-safe. */
final class WatchList {
  private final List<JobWatch> watches = new ArrayList<>();
  private boolean used;
  private boolean extended;
  private boolean closed;

  /**
   * Adds a watch; returns whether it is the first ever.
   *
   * @throws IllegalStateException if the list is closed
   */
  synchronized boolean add(JobWatch watch) {
    if (closed) {
      throw new IllegalStateException("This watcher is closed. Build another.");
    }
    boolean first = !used;
    used = true;
    extended = true;
    watches.add(watch);
    notifyAll();
    return first;
  }

  /**
   * Drops the watches that are over, waits until there are others, and returns them.
   *
   * @throws InterruptedException if the list is closed, or the thread interrupted
   */
  synchronized List<JobWatch> awaitOpen() throws InterruptedException {
    watches.removeIf(watch -> watch.future().isDone());
    while (watches.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      throw new InterruptedException("the watcher was closed");
    }
    return List.copyOf(watches);
  }

  /** Returns whether a watch was added since this was asked last. */
  synchronized boolean takeExtended() {
    boolean before = extended;
    extended = false;
    return before;
  }

  /** Lets no more watches in and returns those that were there. */
  synchronized List<JobWatch> close() {
    closed = true;
    List<JobWatch> open = List.copyOf(watches);
    watches.clear();
    notifyAll();
    return open;
  }
}
