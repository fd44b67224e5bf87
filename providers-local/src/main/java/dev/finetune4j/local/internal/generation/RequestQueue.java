package dev.finetune4j.local.internal.generation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Requests in the order of arrival. Thread-safe. */
final class RequestQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<PendingAnswer> waiting = new ArrayDeque<>();
  private boolean closed;

  void add(PendingAnswer answer) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the generator is closed");
      }
      waiting.add(answer);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first request, waiting for one; null once closed. */
  @Nullable PendingAnswer take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the first request if it is for this adapter, else null, so that no request is overtaken
   * forever.
   */
  @Nullable PendingAnswer takeFor(@Nullable String adapter) {
    lock.lock();
    try {
      PendingAnswer first = waiting.peek();
      return first != null && first.isForSameModelAs(adapter) ? waiting.poll() : null;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(answer -> answer.fail(new IllegalStateException("the generator is closed")));
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
