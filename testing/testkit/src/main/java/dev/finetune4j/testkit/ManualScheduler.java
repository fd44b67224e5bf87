package dev.finetune4j.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler without threads: what is scheduled runs when a {@link FakeClock} gets there, on the
 * thread that moves the clock; what is not delayed runs at once, on the caller's. Nothing can be
 * scheduled to repeat. As thread-safe as its clock.
 */
public final class ManualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final FakeClock time;
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Makes a scheduler that goes by {@code time}. */
  public ManualScheduler(FakeClock time) {
    this.time = time;
  }

  @Override
  public void execute(Runnable command) {
    requireOpen();
    command.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return plan(new Planned<>(Executors.callable(command)), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return plan(new Planned<>(callable), delay, unit);
  }

  /** Refuses: nothing that repeats is here. */
  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException(
        "ManualScheduler does not support repeated tasks; use schedule.");
  }

  /** Refuses: nothing that repeats is here. */
  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException(
        "ManualScheduler does not support repeated tasks; use schedule.");
  }

  @Override
  public void shutdown() {
    closed = true;
  }

  /** Drops what has not run, without cancelling it, as the executors of the JDK do. */
  @Override
  public List<Runnable> shutdownNow() {
    closed = true;
    List<Runnable> dropped = List.copyOf(waiting);
    waiting.clear();
    return dropped;
  }

  @Override
  public boolean isShutdown() {
    return closed;
  }

  @Override
  public boolean isTerminated() {
    return closed;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return closed;
  }

  private <V> ScheduledFuture<V> plan(Planned<V> planned, long delay, TimeUnit unit) {
    requireOpen();
    waiting.add(planned);
    time.after(
        Duration.of(delay, unit.toChronoUnit()),
        () -> {
          if (waiting.remove(planned)) {
            planned.run();
          }
        });
    return planned;
  }

  private void requireOpen() {
    if (closed) {
      throw new RejectedExecutionException("This scheduler is closed.");
    }
  }

  private static final class Planned<V> extends FutureTask<V> implements ScheduledFuture<V> {
    Planned(Callable<V> callable) {
      super(callable);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }
}
