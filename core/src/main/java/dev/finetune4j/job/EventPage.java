package dev.finetune4j.job;

import java.util.List;
import java.util.Optional;

/**
 * Some events of a job, oldest first. A provider may give an event again; whoever reads pages must
 * drop what it has seen.
 *
 * @param events oldest first
 * @param cursor what to ask with next time to get what came after; empty to ask from the start
 *     again
 * @param complete whether nothing more was there when this page was read
 */
public record EventPage(List<JobEvent> events, Optional<String> cursor, boolean complete) {

  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }
}
