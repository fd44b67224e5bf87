package dev.finetune4j.job;

import java.util.List;
import java.util.Optional;

/**
 * Some of an account's jobs, newest first.
 *
 * @param jobs newest first
 * @param cursor what to ask with for the next page; empty on the last
 */
public record JobPage(List<FineTuningJob> jobs, Optional<String> cursor) {

  /** Copies the list. */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
