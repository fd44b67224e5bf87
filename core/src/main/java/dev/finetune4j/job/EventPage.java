package dev.finetune4j.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of a job's events. Pages may overlap, so readers must skip events that they have seen.
 *
 * @param events oldest first
 * @param cursor the position after this page, for the next request; empty to start from the first
 *     event again
 * @param complete whether this was the last page when it was read
 */
public record EventPage(List<JobEvent> events, Optional<String> cursor, boolean complete) {

  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }
}
