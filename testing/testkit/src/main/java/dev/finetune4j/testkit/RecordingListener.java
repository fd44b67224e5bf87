package dev.finetune4j.testkit;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.job.JobStatus;
import java.util.ArrayList;
import java.util.List;

/** Records the job events that it receives. Thread-safe. */
public final class RecordingListener implements JobListener {
  private final List<JobEvent> events = new ArrayList<>();
  private final List<FineTuningJob> snapshots = new ArrayList<>();

  /** Makes a listener that has heard nothing. */
  public RecordingListener() {}

  @Override
  public synchronized void onEvent(JobEvent event) {
    events.add(event);
  }

  @Override
  public synchronized void onSnapshot(FineTuningJob job) {
    snapshots.add(job);
  }

  /** Returns the events, first to last. */
  public synchronized List<JobEvent> events() {
    return List.copyOf(events);
  }

  /** Returns the events of one kind, first to last. */
  public synchronized <E extends JobEvent> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Returns the ids of the events, first to last. */
  public List<String> eventIds() {
    return events().stream().map(JobEvent::id).toList();
  }

  /** Returns the snapshots, first to last. */
  public synchronized List<FineTuningJob> snapshots() {
    return List.copyOf(snapshots);
  }

  /** Returns the statuses of the snapshots, one for each change. */
  public List<JobStatus> statuses() {
    List<JobStatus> statuses = new ArrayList<>();
    for (FineTuningJob job : snapshots()) {
      if (statuses.isEmpty() || statuses.get(statuses.size() - 1) != job.status()) {
        statuses.add(job.status());
      }
    }
    return statuses;
  }
}
