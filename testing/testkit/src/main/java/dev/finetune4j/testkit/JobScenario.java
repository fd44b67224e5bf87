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
 * The scenario of a {@link FakeProvider} job: what happens when, measured from its creation. A
 * pause stops that time. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * JobScenario.builder()
 *     .status(Duration.ZERO, JobStatus.RUNNING)
 *     .metrics(Duration.ofSeconds(30), 1, Map.of(TrainingMetrics.LOSS, 2.5))
 *     .late(Duration.ofMinutes(2))                  // readable only two minutes after it happened
 *     .status(Duration.ofMinutes(5), JobStatus.SUCCEEDED)
 *     .build();
 * }</pre>
 */
public final class JobScenario {
  private final List<Entry> entries;
  private final @Nullable String failureReason;
  private final long trainedTokens;

  private JobScenario(Builder builder) {
    entries = builder.entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
    failureReason = builder.failureReason;
    trainedTokens = builder.trainedTokens;
  }

  /**
   * Returns a scenario that succeeds after 6 minutes: validating, queued at 10 s, running at 30 s,
   * ten steps of falling loss every 30 s from 60 s, checkpoints at steps 5 and 10.
   */
  public static JobScenario standard() {
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

  /** Returns a scenario that runs from the start and never ends. */
  public static JobScenario endless() {
    return builder().status(Duration.ZERO, JobStatus.RUNNING).build();
  }

  /** Returns a scenario that runs from the start and succeeds after {@code duration}. */
  public static JobScenario succeedingAfter(Duration duration) {
    return builder()
        .status(Duration.ZERO, JobStatus.RUNNING)
        .status(duration, JobStatus.SUCCEEDED)
        .build();
  }

  /** Returns a scenario that runs from the start and fails after {@code duration}. */
  public static JobScenario failingAfter(Duration duration, String reason) {
    return builder().status(Duration.ZERO, JobStatus.RUNNING).failure(duration, reason).build();
  }

  /** Returns a builder of an empty scenario, with which a job stays queued forever. */
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

  /** One occurrence, and the delay until it can be read as an event. */
  record Entry(Duration at, Duration late, What what) {}

  /** The kinds of occurrences. */
  sealed interface What {
    record Status(JobStatus status) implements What {}

    record Metrics(TrainingMetrics metrics) implements What {}

    record Saved(long step) implements What {}

    record Text(String text) implements What {}
  }

  /** Builds a scenario. Not thread-safe. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String failureReason;
    private long trainedTokens;

    private Builder() {}

    /** Adds a change of status, which is also an event. */
    public Builder status(Duration at, JobStatus status) {
      return add(at, new What.Status(status));
    }

    /** Adds a failure. */
    public Builder failure(Duration at, String reason) {
      failureReason = reason;
      return status(at, JobStatus.FAILED);
    }

    /** Adds metrics. */
    public Builder metrics(Duration at, long step, Map<String, Double> values) {
      return add(at, new What.Metrics(new TrainingMetrics(step, values)));
    }

    /** Adds a checkpoint. */
    public Builder checkpoint(Duration at, long step) {
      return add(at, new What.Saved(step));
    }

    /** Adds a message. */
    public Builder message(Duration at, String text) {
      return add(at, new What.Text(text));
    }

    /** Delays the most recently added event: it can be read only {@code by} after it happened. */
    public Builder late(Duration by) {
      Entry last = entries.remove(entries.size() - 1);
      entries.add(new Entry(last.at(), by, last.what()));
      return this;
    }

    /** Sets how many tokens a successful job reports as trained. */
    public Builder trainedTokens(long tokens) {
      trainedTokens = tokens;
      return this;
    }

    /** Builds the scenario. */
    public JobScenario build() {
      return new JobScenario(this);
    }

    private Builder add(Duration at, What what) {
      entries.add(new Entry(at, Duration.ZERO, what));
      return this;
    }
  }
}
