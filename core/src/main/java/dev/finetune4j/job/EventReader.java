package dev.finetune4j.job;

import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which events of a job were given out, so that each is given once although pages overlap
 * and some arrive late. Thread-safe.
 */
final class EventReader {
  private static final int MAXIMUM_PAGES = 1_000;

  private final JobReference reference;
  private final JobOperations operations;
  private final Set<String> seen = new HashSet<>();
  private final Deque<JobEvent> pending = new ArrayDeque<>();
  private Optional<String> lastEnd = Optional.empty();
  private Optional<String> endBefore = Optional.empty();
  private boolean supported = true;

  EventReader(JobReference reference, JobOperations operations) {
    this.reference = reference;
    this.operations = operations;
  }

  /**
   * Fetches what came since the last time, and once more what came in the interval before: an event
   * that was late by up to an interval stands behind the cursor.
   */
  synchronized void fetchNew() {
    Optional<String> end = fetch(endBefore);
    if (!end.equals(lastEnd)) {
      endBefore = lastEnd;
      lastEnd = end;
    }
  }

  /** Fetches every event anew, for when the job has ended: no late one is missed. */
  synchronized void fetchAll() {
    lastEnd = fetch(Optional.empty());
    endBefore = lastEnd;
  }

  /** Hands out what was fetched. An event whose listener throws is not handed out again. */
  synchronized void handOut(JobListener listener) {
    while (!pending.isEmpty()) {
      listener.onEvent(pending.remove());
    }
  }

  private Optional<String> fetch(Optional<String> start) {
    if (!supported) {
      return start;
    }
    List<JobEvent> fetched = new ArrayList<>();
    Optional<String> end;
    try {
      end = fetchPages(start, fetched);
    } catch (UnsupportedCapabilityException e) {
      // A provider that reports nothing can still be waited for.
      supported = false;
      return start;
    }
    // The sort is stable: events of the same second stay in the order in which the provider lists
    // them.
    fetched.sort(Comparator.comparing(JobEvent::at));
    for (JobEvent event : fetched) {
      if (seen.add(event.id())) {
        pending.add(event);
      }
    }
    return end;
  }

  private Optional<String> fetchPages(Optional<String> start, List<JobEvent> fetched) {
    Optional<String> cursor = start;
    for (int page = 0; page < MAXIMUM_PAGES; page++) {
      EventPage read = operations.events(reference, cursor);
      fetched.addAll(read.events());
      boolean stuck = read.cursor().isEmpty() || read.cursor().equals(cursor);
      cursor = read.cursor();
      if (read.complete() || stuck) {
        break;
      }
    }
    return cursor;
  }
}
