package dev.finetune4j.simulator.openai;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The next event of a job and its time, on a clock that can be paused. Due events happen when the
 * job is read, each at its own time, and each plans the next.
 */
final class JobTimeline {
  private Instant start;
  private Duration nextOffset = Duration.ZERO;
  private @Nullable Consumer<Instant> next;
  private @Nullable Instant heldSince;

  JobTimeline(Instant start) {
    this.start = start;
  }

  /** Schedules the next action, which receives the time at which it was due. */
  void plan(Duration offset, Consumer<Instant> action) {
    nextOffset = offset;
    next = action;
  }

  void advance(Instant now) {
    while (heldSince == null && next != null && !moment(nextOffset).isAfter(now)) {
      Consumer<Instant> due = next;
      next = null;
      due.accept(moment(nextOffset));
    }
  }

  void hold(Instant now) {
    heldSince = now;
  }

  /** Resumes after {@code delay}; everything scheduled moves by the same amount. */
  void goOn(Instant now, Duration delay) {
    if (heldSince != null) {
      start = start.plus(Duration.between(heldSince, now)).plus(delay);
      heldSince = null;
    }
  }

  /** Forgets what was planned. */
  void end() {
    next = null;
  }

  /** Returns when an action with this offset is currently due. */
  Instant moment(Duration offset) {
    return start.plus(offset);
  }
}
