package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches many jobs by the pages of the account's list, and one by one only those that the list
 * does not contain. Not thread-safe.
 *
 * <p>Stops reading pages once as many of them were useless as jobs are missing, because fetching
 * each job is then cheaper. A job that was not in the pages is always fetched by itself later.
 */
final class JobSurvey {
  private final JobOperations operations;
  private final Set<JobReference> unlisted = new HashSet<>();
  private boolean listable = true;

  JobSurvey(JobOperations operations) {
    this.operations = operations;
  }

  /** Receives what a survey finds. */
  interface Observer {
    /** The current state of a job. */
    void seen(FineTuningJob job);

    /** A job that cannot be fetched; the failure is permanent. */
    void failed(JobReference job, FineTuningException failure);
  }

  /**
   * Fetches each of {@code wanted} once.
   *
   * @throws FineTuningException if the list cannot be read or the provider cannot answer now; the
   *     jobs that the observer did not receive are left for the next survey
   */
  void fetchAll(Set<JobReference> wanted, Observer observer) {
    unlisted.retainAll(wanted);
    Set<JobReference> missing = new HashSet<>(wanted);
    if (listable) {
      readPages(missing, observer);
    }
    for (JobReference job : missing) {
      fetch(job, observer);
    }
  }

  private void readPages(Set<JobReference> missing, Observer observer) {
    long expected = missing.stream().filter(job -> !unlisted.contains(job)).count();
    if (expected < 2) {
      return;
    }
    long useless = 0;
    Optional<String> cursor = Optional.empty();
    try {
      do {
        JobPage page = operations.list(cursor);
        long hits = 0;
        for (FineTuningJob job : page.jobs()) {
          if (missing.remove(job.reference())) {
            hits += unlisted.contains(job.reference()) ? 0 : 1;
            observer.seen(job);
          }
        }
        expected -= hits;
        useless += hits == 0 ? 1 : 0;
        cursor = page.cursor();
      } while (cursor.isPresent() && expected > 0 && useless < expected);
    } catch (UnsupportedCapabilityException e) {
      listable = false;
    }
  }

  private void fetch(JobReference job, Observer observer) {
    FineTuningJob found;
    try {
      found = operations.fetch(job);
    } catch (FineTuningException failure) {
      if (failure.isRetryable()) {
        throw failure;
      }
      observer.failed(job, failure);
      return;
    }
    unlisted.add(job);
    observer.seen(found);
  }
}
