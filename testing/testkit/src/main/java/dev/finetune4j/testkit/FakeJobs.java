package dev.finetune4j.testkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of a fake provider. Thread-safe: everything happens under the lock of the calls. */
final class FakeJobs implements JobOperations {
  private final FakeSettings settings;
  private final FakeCalls calls;
  private final Time time;
  private final List<FakeJob> jobs = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<SubmissionKey, FakeJob> byKey = new HashMap<>();

  FakeJobs(FakeSettings settings, FakeCalls calls) {
    this.settings = settings;
    this.calls = calls;
    this.time = settings.time;
  }

  JobReference submit(FineTuningRequest request) {
    return calls.make(
        FakeOperation.SUBMIT,
        () -> {
          FakeJob there = byKey.get(request.submissionKey());
          return there != null
              ? there.reference()
              : calls.make(FakeOperation.CREATE_JOB, () -> create(request)).reference();
        });
  }

  Optional<JobReference> find(SubmissionKey key) {
    return calls.make(
        FakeOperation.FIND_JOB, () -> Optional.ofNullable(byKey.get(key)).map(FakeJob::reference));
  }

  /** Returns the request that a tuned model came from; not a call. */
  Optional<FineTuningRequest> findRequestOf(String tunedModel) {
    synchronized (calls) {
      return jobs.stream()
          .filter(job -> job.tunedModelName().equals(tunedModel))
          .map(FakeJob::request)
          .findFirst();
    }
  }

  @Override
  public FineTuningJob fetch(JobReference job) {
    return calls.make(FakeOperation.FETCH_JOB, () -> require(job).at(time.now()));
  }

  @Override
  public FineTuningJob cancel(JobReference job) {
    settings.require(Capability.CANCEL_JOB, "Wait for its end.");
    return calls.make(
        FakeOperation.CANCEL_JOB,
        () -> {
          require(job).cancel(time.now());
          return require(job).at(time.now());
        });
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    settings.require(Capability.PAUSE_JOB, "Cancel it, or wait for its end.");
    return calls.make(
        FakeOperation.PAUSE_JOB,
        () -> {
          require(job).pause(time.now());
          return require(job).at(time.now());
        });
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    settings.require(Capability.PAUSE_JOB, "Submit a new job.");
    return calls.make(
        FakeOperation.RESUME_JOB,
        () -> {
          require(job).resume(time.now());
          return require(job).at(time.now());
        });
  }

  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    settings.require(Capability.JOB_EVENTS, "Read the job's snapshots instead.");
    return calls.make(
        FakeOperation.LIST_EVENTS,
        () -> {
          List<JobEvent> all = require(job).events(time.now());
          int from = cursor.map(id -> positionAfter(all, id)).orElse(0);
          int to = Math.min(all.size(), from + settings.eventPageSize);
          Optional<String> next = to == 0 ? Optional.empty() : Optional.of(all.get(to - 1).id());
          return new EventPage(all.subList(from, to), next, to == all.size());
        });
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    settings.require(Capability.CHECKPOINTS, "Wait for the tuned model.");
    return calls.make(FakeOperation.LIST_CHECKPOINTS, () -> require(job).checkpoints(time.now()));
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    settings.require(Capability.LIST_JOBS, "Keep the references of your jobs.");
    return calls.make(
        FakeOperation.LIST_JOBS,
        () -> {
          int newest = cursor.map(id -> position(id) - 1).orElse(jobs.size() - 1);
          List<FineTuningJob> page = new ArrayList<>();
          int next = newest;
          for (; next >= 0 && page.size() < settings.jobPageSize; next--) {
            page.add(jobs.get(next).at(time.now()));
          }
          return new JobPage(
              page, next < 0 ? Optional.empty() : Optional.of(jobs.get(next + 1).reference().id()));
        });
  }

  private FakeJob create(FineTuningRequest request) {
    JobReference reference = new JobReference(settings.id, "job-" + (jobs.size() + 1));
    FakeJob job = new FakeJob(reference, request, settings.courses.apply(request), time.now());
    positions.put(reference.id(), jobs.size());
    jobs.add(job);
    byKey.put(request.submissionKey(), job);
    return job;
  }

  private FakeJob require(JobReference job) {
    return jobs.get(position(job.id()));
  }

  private int position(String id) {
    Integer position = positions.get(id);
    if (position == null) {
      ProviderId provider = settings.id;
      throw new NotFoundException(
          ProviderFailure.of(provider, "There is no job " + id + ".").withHttpStatus(404));
    }
    return position;
  }

  private static int positionAfter(List<JobEvent> events, String id) {
    for (int position = 0; position < events.size(); position++) {
      if (events.get(position).id().equals(id)) {
        return position + 1;
      }
    }
    throw new IllegalArgumentException("No event has the id of this cursor: " + id);
  }
}
