package dev.finetune4j.testkit;

import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job of a {@link FakeProvider} will do, by the time since it was made; a pause stops that
 * time. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * JobCourse.builder()
 *     .status(Duration.ZERO, JobStatus.RUNNING)
 *     .metrics(Duration.ofSeconds(30), 1, Map.of(TrainingMetrics.LOSS, 2.5))
 *     .late(Duration.ofMinutes(2))                  // can be read only two minutes after it happened
 *     .status(Duration.ofMinutes(5), JobStatus.SUCCEEDED)
 *     .build();
 * }</pre>
 */
public final class JobCourse {
  private final List<Entry> entries;
  private final @Nullable String failureReason;
  private final long trainedTokens;

  private JobCourse(Builder builder) {
    entries = builder.entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
    failureReason = builder.failureReason;
    trainedTokens = builder.trainedTokens;
  }

  /**
   * Returns a course that succeeds after 6 minutes: validating, queued at 10 s, running at 30 s,
   * ten steps of falling loss from 60 s on every 30 s, checkpoints at steps 5 and 10.
   */
  public static JobCourse standard() {
    Builder course =
        builder()
            .status(Duration.ZERO, JobStatus.VALIDATING)
            .status(Duration.ofSeconds(10), JobStatus.QUEUED)
            .status(Duration.ofSeconds(30), JobStatus.RUNNING)
            .trainedTokens(10_000);
    for (int step = 1; step <= 10; step++) {
      Duration at = Duration.ofSeconds(30 + 30L * step);
      course.metrics(at, step, Map.of(TrainingMetrics.LOSS, 3.0 / step));
      if (step % 5 == 0) {
        course.checkpoint(at, step);
      }
    }
    return course.status(Duration.ofMinutes(6), JobStatus.SUCCEEDED).build();
  }

  /** Returns a course that runs from the start and never ends by itself. */
  public static JobCourse endless() {
    return builder().status(Duration.ZERO, JobStatus.RUNNING).build();
  }

  /** Returns a course that runs from the start and succeeds after {@code duration}. */
  public static JobCourse succeedingAfter(Duration duration) {
    return builder()
        .status(Duration.ZERO, JobStatus.RUNNING)
        .status(duration, JobStatus.SUCCEEDED)
        .build();
  }

  /** Returns a course that runs from the start and fails after {@code duration}. */
  public static JobCourse failingAfter(Duration duration, String reason) {
    return builder().status(Duration.ZERO, JobStatus.RUNNING).failure(duration, reason).build();
  }

  /** Starts an empty course. A job whose course is empty is queued for ever. */
  public static Builder builder() {
    return new Builder();
  }

  List<Entry> entries() {
    return entries;
  }

  Optional<String> failureReason() {
    return Optional.ofNullable(failureReason);
  }

  long trainedTokens() {
    return trainedTokens;
  }

  /** One thing that happens, and how much later it can be read as an event. */
  record Entry(Duration at, Duration late, What what) {}

  /** What can happen. */
  sealed interface What {
    record Status(JobStatus status) implements What {}

    record Metrics(TrainingMetrics metrics) implements What {}

    record Saved(long step) implements What {}

    record Text(String text) implements What {}
  }

  /** Collects what a job will do. Not thread-safe. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String failureReason;
    private long trainedTokens;

    private Builder() {}

    /** Lets the job change its status; that is an event too. */
    public Builder status(Duration at, JobStatus status) {
      return add(at, new What.Status(status));
    }

    /** Lets the job fail. */
    public Builder failure(Duration at, String reason) {
      failureReason = reason;
      return status(at, JobStatus.FAILED);
    }

    /** Lets the job measure itself. */
    public Builder metrics(Duration at, long step, Map<String, Double> values) {
      return add(at, new What.Metrics(new TrainingMetrics(step, values)));
    }

    /** Lets the job save its state. */
    public Builder checkpoint(Duration at, long step) {
      return add(at, new What.Saved(step));
    }

    /** Lets the job say something. */
    public Builder message(Duration at, String text) {
      return add(at, new What.Text(text));
    }

    /** Lets the event that was added last be readable only so long after it happened. */
    public Builder late(Duration by) {
      Entry last = entries.remove(entries.size() - 1);
      entries.add(new Entry(last.at(), by, last.what()));
      return this;
    }

    /** Sets the tokens that a job which succeeds was trained on. */
    public Builder trainedTokens(long tokens) {
      trainedTokens = tokens;
      return this;
    }

    /** Returns the course. */
    public JobCourse build() {
      return new JobCourse(this);
    }

    private Builder add(Duration at, What what) {
      entries.add(new Entry(at, Duration.ZERO, what));
      return this;
    }
  }
}
