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
 * Reads the events of a job and delivers each once, although pages overlap and some events arrive
 * late. Thread-safe.
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
   * Fetches the events since the cursor before the last one, because an event that arrives up to
   * one interval late lies before the last cursor.
   */
  synchronized void fetchNew() {
    Optional<String> end = fetch(endBefore);
    if (!end.equals(lastEnd)) {
      endBefore = lastEnd;
      lastEnd = end;
    }
  }

  /** Fetches all events again, once the job has ended, so that no late one is missed. */
  synchronized void fetchAll() {
    lastEnd = fetch(Optional.empty());
    endBefore = lastEnd;
  }

  /** Delivers the fetched events. An event whose listener throws is not delivered again. */
  synchronized void deliver(JobListener listener) {
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
      // The wait works without events.
      supported = false;
      return start;
    }
    // The sort is stable: events of the same second keep the provider's order.
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
