package dev.finetune4j;

import java.time.Duration;

/**
 * How often to ask a service that must be asked: the first pause, its growth, its limit, and when
 * to give up.
 *
 * <p>Immutable and thread-safe.
 *
 * @param first the pause before the second question (the first is asked at once); positive
 * @param factor what each pause is multiplied by to give the next; at least 1
 * @param maximum the longest pause; at least {@code first}
 * @param giveUpAfter the time from the first question after which waiting ends with an exception
 */
public record PollingSchedule(
    Duration first, double factor, Duration maximum, Duration giveUpAfter) {

  /** Checks the ranges that the parameters name. */
  public PollingSchedule {
    if (first.isNegative() || first.isZero()) {
      throw new IllegalArgumentException("The first pause must be positive, and it is " + first);
    }
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("The factor must be at least 1, and it is " + factor);
    }
    if (maximum.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "The longest pause (" + maximum + ") is shorter than the first (" + first + ")");
    }
  }

  /**
   * Returns the schedule for jobs of hours: 5 s first, half as long again each time, at most 60 s,
   * gives up after 24 h.
   */
  public static PollingSchedule standard() {
    return new PollingSchedule(
        Duration.ofSeconds(5), 1.5, Duration.ofSeconds(60), Duration.ofHours(24));
  }

  /**
   * Returns the schedule for jobs on this machine: 200 ms first, at most 1 s, gives up after 24 h.
   */
  public static PollingSchedule local() {
    return new PollingSchedule(
        Duration.ofMillis(200), 1.5, Duration.ofSeconds(1), Duration.ofHours(24));
  }

  /** Returns this schedule with another limit on the whole wait. */
  public PollingSchedule givingUpAfter(Duration limit) {
    return new PollingSchedule(first, factor, maximum, limit);
  }

  /**
   * Returns the pause that follows {@code pause}: longer by the factor, at most {@link #maximum()}.
   */
  public Duration after(Duration pause) {
    Duration next = Duration.ofNanos((long) (pause.toNanos() * factor));
    return next.compareTo(maximum) > 0 ? maximum : next;
  }
}
