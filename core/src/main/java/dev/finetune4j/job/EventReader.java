package dev.finetune4j.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which events of a job were given out, so that each is given once although pages overlap
 * and some arrive late.
 */
final class EventReader {
  private static final int MAXIMUM_PAGES = 1_000;

  private final JobReference reference;
  private final JobOperations operations;
  private final Set<String> seen = new HashSet<>();
  private Optional<String> cursor = Optional.empty();

  EventReader(JobReference reference, JobOperations operations) {
    this.reference = reference;
    this.operations = operations;
  }

  synchronized void readNew(JobListener listener) {
    List<JobEvent> fresh = new ArrayList<>();
    Optional<String> next = cursor;
    Set<String> freshIds = new HashSet<>();
    for (int page = 0; page < MAXIMUM_PAGES; page++) {
      EventPage read = operations.events(reference, next);
      for (JobEvent event : read.events()) {
        if (!seen.contains(event.id()) && freshIds.add(event.id())) {
          fresh.add(event);
        }
      }
      next = read.cursor();
      if (read.complete()) {
        break;
      }
    }
    cursor = next;
    // The sort is stable: events of the same second stay in the order in which the provider lists
    // them.
    fresh.sort(Comparator.comparing(JobEvent::at));
    for (JobEvent event : fresh) {
      // Marked first, so that a listener that throws does not get the same event again.
      seen.add(event.id());
      listener.onEvent(event);
    }
  }
}
