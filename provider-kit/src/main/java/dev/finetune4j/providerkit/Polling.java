package dev.finetune4j.providerkit;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Polls with growing pauses until a condition holds. Immutable; thread-safe.
 *
 * <pre>{@code
 * Polling.of(schedule, time).until(() -> files.fetch(id), StoredFile::isProcessed, late);
 * }</pre>
 */
public final class Polling {
  private final PollingSchedule schedule;
  private final Time time;

  private Polling(PollingSchedule schedule, Time time) {
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.time = Objects.requireNonNull(time, "time");
  }

  /** Returns the looks of {@code schedule} by the clock {@code time}. */
  public static Polling of(PollingSchedule schedule, Time time) {
    return new Polling(schedule, time);
  }

  /**
   * Looks at once, and then after each pause, until what is seen is through. Blocks.
   *
   * @param look one look, usually one request; what it throws ends the waiting
   * @param isThrough whether nothing more is to be waited for
   * @param late what to throw if the schedule gives up first, made from what was seen last
   * @throws InterruptedException if the thread is interrupted between two looks
   */
  public <T> T until(
      Supplier<T> look, Predicate<T> isThrough, Function<T, ? extends ProviderException> late)
      throws InterruptedException {
    return until(look.get(), look, isThrough, late);
  }

  /** As {@link #until(Supplier, Predicate, Function)}, when {@code first} has been seen already. */
  public <T> T until(
      T first,
      Supplier<T> look,
      Predicate<T> isThrough,
      Function<T, ? extends ProviderException> late)
      throws InterruptedException {
    Instant end = time.now().plus(schedule.giveUpAfter());
    Duration pause = schedule.first();
    T seen = first;
    while (!isThrough.test(seen)) {
      if (!time.now().plus(pause).isBefore(end)) {
        throw late.apply(seen);
      }
      time.sleep(pause);
      pause = schedule.after(pause);
      seen = look.get();
    }
    return seen;
  }
}
