package dev.finetune4j.testkit;

import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.training.FineTuningRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job of a fake provider. Not thread-safe: its provider asks it from one thread at a time. */
final class FakeJob {
  private final JobReference reference;
  private final FineTuningRequest request;
  private final JobScenario course;
  private final Instant createdAt;
  private final List<Recorded> recorded = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private JobStatus status = JobStatus.QUEUED;
  private int done;
  private Duration pausedBefore = Duration.ZERO;
  private @Nullable Instant pausedAt;
  private @Nullable JobStatus statusBeforePause;
  private @Nullable Instant finishedAt;

  FakeJob(
      JobReference reference, FineTuningRequest request, JobScenario course, Instant createdAt) {
    this.reference = reference;
    this.request = request;
    this.course = course;
    this.createdAt = createdAt;
  }

  JobReference reference() {
    return reference;
  }

  FineTuningRequest request() {
    return request;
  }

  String tunedModelName() {
    return "ft:" + request.baseModel() + ":" + request.suffix().orElse("") + ":" + reference.id();
  }

  FineTuningJob at(Instant now) {
    follow(now);
    boolean succeeded = status == JobStatus.SUCCEEDED;
    FineTuningJob.Builder snapshot =
        FineTuningJob.builder(reference, status, status.name().toLowerCase(Locale.ROOT))
            .baseModel(request.baseModel())
            .createdAt(createdAt)
            .finishedAt(finishedAt)
            .fineTunedModel(succeeded ? tunedModelName() : null)
            .failureReason(status == JobStatus.FAILED ? course.failureReason().orElse(null) : null)
            .submissionKey(request.submissionKey().value());
    return succeeded ? snapshot.trainedTokens(course.trainedTokens()).build() : snapshot.build();
  }

  void cancel(Instant now) {
    follow(now);
    if (!status.isTerminal()) {
      change(JobStatus.CANCELLED, now, now);
    }
  }

  void pause(Instant now) {
    follow(now);
    if (!status.isTerminal() && pausedAt == null) {
      statusBeforePause = status;
      pausedAt = now;
      change(JobStatus.PAUSED, now, now);
    }
  }

  void resume(Instant now) {
    if (pausedAt != null && statusBeforePause != null && !status.isTerminal()) {
      pausedBefore = pausedBefore.plus(Duration.between(pausedAt, now));
      pausedAt = null;
      change(statusBeforePause, now, now);
    }
    follow(now);
  }

  /** Returns the events that can be read now, oldest first, those of one moment as they came. */
  List<JobEvent> events(Instant now) {
    follow(now);
    return recorded.stream()
        .filter(each -> !each.visibleAt().isAfter(now))
        .map(Recorded::event)
        .sorted(Comparator.comparing(JobEvent::at))
        .toList();
  }

  List<Checkpoint> checkpoints(Instant now) {
    follow(now);
    return List.copyOf(checkpoints);
  }

  private void follow(Instant now) {
    while (done < course.entries().size() && pausedAt == null && !status.isTerminal()) {
      JobScenario.Entry entry = course.entries().get(done);
      Instant at = createdAt.plus(pausedBefore).plus(entry.at());
      if (at.isAfter(now)) {
        return;
      }
      done++;
      happen(entry.what(), at, at.plus(entry.late()));
    }
  }

  private void happen(JobScenario.What what, Instant at, Instant visibleAt) {
    if (what instanceof JobScenario.What.Status to) {
      change(to.status(), at, visibleAt);
    } else if (what instanceof JobScenario.What.Metrics measured) {
      record(new JobEvent.MetricsRecorded(nextId(), at, measured.metrics()), visibleAt);
    } else if (what instanceof JobScenario.What.Saved saved) {
      Checkpoint checkpoint =
          new Checkpoint(
              reference.id() + "-step-" + saved.step(),
              at,
              new TrainingMetrics(saved.step(), Map.of()),
              Optional.empty());
      checkpoints.add(checkpoint);
      record(new JobEvent.CheckpointSaved(nextId(), at, checkpoint), visibleAt);
    } else if (what instanceof JobScenario.What.Text said) {
      record(new JobEvent.MessageLogged(nextId(), at, JobEvent.Level.INFO, said.text()), visibleAt);
    }
  }

  private void change(JobStatus next, Instant at, Instant visibleAt) {
    status = next;
    if (next.isTerminal()) {
      finishedAt = at;
    }
    record(new JobEvent.StatusChanged(nextId(), at, next), visibleAt);
  }

  private void record(JobEvent event, Instant visibleAt) {
    recorded.add(new Recorded(event, visibleAt));
  }

  private String nextId() {
    return "event-" + (recorded.size() + 1);
  }

  private record Recorded(JobEvent event, Instant visibleAt) {}
}
