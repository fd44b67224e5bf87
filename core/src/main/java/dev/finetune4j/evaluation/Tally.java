package dev.finetune4j.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the samples of one run as they come, and tells the listener. Used by one thread. */
final class Tally {
  private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

  private final EvaluationSettings settings;
  private final String name;
  private final long total;
  private final Instant start;
  private final List<SampleResult> samples = new ArrayList<>();
  private final long kept;
  private long failures;

  Tally(EvaluationSettings settings, String name, long total, List<SampleResult> kept) {
    this.settings = settings;
    this.name = name;
    this.total = total;
    this.kept = kept.size();
    start = settings.time.now();
    kept.forEach(this::add);
  }

  List<SampleResult> samples() {
    return samples;
  }

  private void add(SampleResult sample) {
    samples.add(sample);
    failures += sample.failure().isPresent() ? 1 : 0;
  }

  /** Tells what a run before this one left. */
  void started(long underWay) {
    tell(() -> settings.listener.started(name, total, kept, underWay));
  }

  /** Takes a sample of this run. */
  void finished(SampleResult sample) {
    add(sample);
    Duration elapsed = Duration.between(start, settings.time.now());
    EvaluationListener.Progress progress =
        new EvaluationListener.Progress(
            samples.size(), total, failures, samples.size() - kept, elapsed);
    tell(() -> settings.listener.sampleFinished(name, sample, progress));
  }

  private static void tell(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      LOG.warn("The evaluation's listener failed; the evaluation goes on.", e);
    }
  }
}
