package dev.finetune4j.providerkit.job;

import dev.finetune4j.Time;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates one job for one submission key, also if responses are lost.
 *
 * <pre>
 * look for the key ─ found ──────────────────────────────────────────▶ adopt
 *        │ not there
 * upload the files, POST once ─ answered ────────────────────────────▶ the job
 *        │ lost, cut, reset, 5xx
 * look for the key after 1, 2, 4, 8 and 15 s ─ found ────────────────▶ adopt
 *        │ still not there
 * POST once more, three times in all, then fail: submit again with the same key
 * </pre>
 *
 * <p>The service has no idempotency keys, so a job that its list shows later than 30 s after the
 * creation would be made twice; of two the older counts, and the newer is cancelled as soon as it
 * is seen. A server without a list of jobs cannot be asked: there an answer that was lost is thrown
 * and nothing is sent again. Calls with one key wait for one another within this object. Blocking
 * and thread-safe.
 */
public final class Submission {
  private static final Logger LOG = LoggerFactory.getLogger(Submission.class);
  private static final int CREATIONS = 3;
  private static final int NOT_READY_RETRIES = 5;
  private static final List<Duration> LOOKS =
      IntStream.of(1, 2, 4, 8, 15).mapToObj(Duration::ofSeconds).toList();
  private static final Duration NOT_READY_PAUSE = Duration.ofSeconds(5);
  private static final int LOCKS = 64;

  private final DialectJobs jobs;
  private final JobFiles.Source files;
  private final Time time;
  private final JobBodies bodies;
  private final List<Object> locks =
      IntStream.range(0, LOCKS).mapToObj(number -> new Object()).toList();

  /** Makes the submissions of one provider. */
  public Submission(DialectJobs jobs, JobFiles.Source files, Time time) {
    this.jobs = Objects.requireNonNull(jobs, "jobs");
    this.files = Objects.requireNonNull(files, "files");
    this.time = Objects.requireNonNull(time, "time");
    bodies = new JobBodies(jobs.dialect());
  }

  /**
   * Returns the job of the request's key, made now or before. From here on it costs what the
   * service charges for training.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException before any request
   * @throws ProviderException if the service refuses, or cannot be reached; if that may have been
   *     after the creation, submitting again with the same key adopts the job
   */
  public FineTuningJob submit(FineTuningRequest request) {
    jobs.check(request);
    SubmissionKey key = request.submissionKey();
    synchronized (locks.get(Math.floorMod(key.hashCode(), LOCKS))) {
      Optional<FineTuningJob> present = theOnly(jobs.findAll(key));
      return present.isPresent() ? present.get() : create(request);
    }
  }

  private FineTuningJob create(FineTuningRequest request) {
    JobFiles uploaded =
        new JobFiles(
            files.ensureReady(request.trainingData()),
            request.validationData().map(files::ensureReady).orElse(null));
    JsonObject body = bodies.of(request, uploaded);
    for (int creation = 1; ; creation++) {
      try {
        FineTuningJob made = createOnceReady(body);
        return creation == 1 ? made : afterAnother(made, request.submissionKey());
      } catch (ProviderUnavailableException | UnexpectedResponseException open) {
        if (!jobs.canFind()) {
          throw open;
        }
        Optional<FineTuningJob> found = lookAgain(request.submissionKey(), open);
        if (found.isPresent()) {
          return found.get();
        }
        if (creation == CREATIONS) {
          throw open;
        }
      }
    }
  }

  /** Creates, and again where the service says that it has not looked at the file yet. */
  private FineTuningJob createOnceReady(JsonObject body) {
    for (int retry = 0; ; retry++) {
      try {
        return jobs.create(body);
      } catch (InvalidRequestException refused) {
        String message = refused.failure().message().toLowerCase(Locale.ROOT);
        boolean notReady = message.contains("not ready") || message.contains("being processed");
        if (!notReady || retry == NOT_READY_RETRIES) {
          throw refused;
        }
        sleep(NOT_READY_PAUSE, refused);
      }
    }
  }

  private Optional<FineTuningJob> lookAgain(SubmissionKey key, ProviderException open) {
    if (Thread.currentThread().isInterrupted()) {
      throw open;
    }
    LOG.info("The answer to the creation of job {} was lost; looking for the job.", key);
    for (Duration pause : LOOKS) {
      sleep(pause, open);
      Optional<FineTuningJob> found = theOnly(jobs.findAll(key));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** After a second creation: the older job counts, should the first have come through late. */
  private FineTuningJob afterAnother(FineTuningJob made, SubmissionKey key) {
    List<FineTuningJob> all = new ArrayList<>();
    try {
      all.addAll(jobs.findAll(key));
    } catch (ProviderException failure) {
      // Not thrown: a caller that submits again might create a third.
      LOG.warn("Whether job {} was made twice cannot be seen: {}", made.reference(), failure);
    }
    // The list may show the new job later than the old one.
    if (all.stream().noneMatch(job -> job.reference().equals(made.reference()))) {
      all.add(0, made);
    }
    return theOnly(all).orElse(made);
  }

  /** Of several jobs with one key the oldest counts; the newer ones are cancelled. */
  private Optional<FineTuningJob> theOnly(List<FineTuningJob> newestFirst) {
    if (newestFirst.isEmpty()) {
      return Optional.empty();
    }
    FineTuningJob oldest = newestFirst.get(newestFirst.size() - 1);
    // If the oldest failed, a caller may rely on a newer one.
    boolean counts = !oldest.status().isTerminal() || oldest.status() == JobStatus.SUCCEEDED;
    for (FineTuningJob newer : newestFirst.subList(0, newestFirst.size() - 1)) {
      if (counts && !newer.status().isTerminal()) {
        cancelSurplus(newer, oldest);
      }
    }
    return Optional.of(oldest);
  }

  private void cancelSurplus(FineTuningJob surplus, FineTuningJob oldest) {
    LOG.warn("Job {} was made twice; {} is cancelled.", oldest.reference(), surplus.reference());
    try {
      jobs.cancel(surplus.reference());
    } catch (FineTuningException failure) {
      LOG.warn(
          "Job {} could not be cancelled and still costs: {}",
          surplus.reference(),
          failure.getMessage());
    }
  }

  private void sleep(Duration pause, ProviderException before) {
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              jobs.dialect().provider(),
              "The thread was interrupted while it waited after: " + before.getMessage()),
          e);
    }
  }
}
