package dev.finetune4j.job;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at many jobs by the pages of the account's list, and asks one by one only for those that
 * the list does not show. Not thread-safe.
 *
 * <p>The list is left when as many pages were in vain as jobs are missing: from there on asking for
 * each costs less. A job that was not in the pages is asked for by itself from then on.
 */
final class JobSurvey {
  private final JobOperations operations;
  private final Set<JobReference> unlisted = new HashSet<>();
  private boolean listable = true;

  JobSurvey(JobOperations operations) {
    this.operations = operations;
  }

  /** Is told what a survey finds. */
  interface Observer {
    /** A job as it is now. */
    void seen(FineTuningJob job);

    /** A job that cannot be asked for, whatever one waits. */
    void failed(JobReference job, FineTuningException failure);
  }

  /**
   * Looks once at each of {@code wanted}.
   *
   * @throws FineTuningException if the list cannot be had, or the provider cannot answer now; jobs
   *     that the observer was not told of are left for the next survey
   */
  void look(Set<JobReference> wanted, Observer observer) {
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
    long inVain = 0;
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
        inVain += hits == 0 ? 1 : 0;
        cursor = page.cursor();
      } while (cursor.isPresent() && expected > 0 && inVain < expected);
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
