package dev.finetune4j.job;

import java.util.List;
import java.util.Optional;

/**
 * A page of an account's jobs.
 *
 * @param jobs newest first
 * @param cursor the position of the next page; empty on the last page
 */
public record JobPage(List<FineTuningJob> jobs, Optional<String> cursor) {

  /** Copies the list. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
