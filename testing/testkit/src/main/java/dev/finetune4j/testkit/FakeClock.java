package dev.finetune4j.testkit;

import dev.finetune4j.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when a thread waits: a sleep returns at once and moves the clock by its
 * length, so that waiting a day takes no time.
 *
 * <pre>{@code
 * FakeClock time = new FakeClock();
 * time.after(Duration.ofMinutes(3), Thread.currentThread()::interrupt);
 * handle.await(PollingSchedule.standard());       // InterruptedException, three minutes in
 * assertThat(time.slept()).isEqualTo(Duration.ofMinutes(3));
 * }</pre>
 *
 * <p>Thread-safe. Threads that sleep at the same time move the clock one after the other, so it
 * runs by the sum of their sleeps; it never goes back.
 */
public final class FakeClock implements Time {
  /** Where a clock starts if nothing else is said: 2026-01-01T00:00:00Z. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Object lock = new Object();
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::order));
  private final List<Duration> sleeps = new ArrayList<>();
  private Instant now;
  private long order;

  /** Creates a clock that reads {@link #START}. */
  public FakeClock() {
    this(START);
  }

  /** Creates a clock that reads {@code start}. */
  public FakeClock(Instant start) {
    now = start;
  }

  @Override
  public Instant now() {
    synchronized (lock) {
      return now;
    }
  }

  /**
   * Returns at once and moves the clock by {@code duration}, running what was planned on the way on
   * the calling thread.
   *
   * @throws InterruptedException if the thread is interrupted before, or by what was planned; the
   *     clock is then at the time of that
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    requireNotInterrupted();
    if (duration.isNegative() || duration.isZero()) {
      return;
    }
    Instant begin = now();
    Instant end = begin.plus(duration);
    try {
      while (runNextUntil(end)) {
        requireNotInterrupted();
      }
    } finally {
      Duration passed = Duration.between(begin, now());
      synchronized (lock) {
        sleeps.add(passed.compareTo(duration) < 0 ? passed : duration);
      }
    }
  }

  /** Moves the clock without anybody having slept, running what was planned on the way. */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The clock cannot be advanced by a negative duration: " + duration);
    }
    Instant end = now().plus(duration);
    boolean more;
    do {
      more = runNextUntil(end);
    } while (more);
  }

  /**
   * Plans {@code action} for when the clock will have moved by {@code delay} from now; it runs
   * once, on the thread that moves the clock.
   */
  public void after(Duration delay, Runnable action) {
    synchronized (lock) {
      planned.add(new Planned(now.plus(delay), order++, action));
    }
  }

  /** Returns how long all sleeps together were; one that was interrupted counts to there. */
  public Duration slept() {
    return sleeps().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns the length of each sleep, first to last; those of no length are left out. */
  public List<Duration> sleeps() {
    synchronized (lock) {
      return List.copyOf(sleeps);
    }
  }

  /** Runs the next planned action up to {@code end}, or goes there; returns whether one ran. */
  private boolean runNextUntil(Instant end) {
    Runnable action;
    synchronized (lock) {
      @Nullable Planned next = planned.peek();
      if (next == null || next.at().isAfter(end)) {
        moveTo(end);
        return false;
      }
      planned.remove();
      moveTo(next.at());
      action = next.action();
    }
    action.run();
    return true;
  }

  private void moveTo(Instant moment) {
    now = moment.isAfter(now) ? moment : now;
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while sleeping on a manual clock");
    }
  }

  private record Planned(Instant at, long order, Runnable action) {}
}
