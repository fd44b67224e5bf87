package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.ChatModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an evaluation: loads stored samples, asks for the rest and builds the report. */
final class EvaluationRun {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationRun.class);
  private static final long SECONDS_TO_STOP = 10;

  private final EvaluationSettings settings;
  private final String name;
  private final ChatModel model;

  EvaluationRun(EvaluationSettings settings, String name, ChatModel model) {
    this.settings = settings;
    this.name = name;
    this.model = model;
  }

  EvaluationReport report() throws InterruptedException {
    List<Question> questions = Question.allOf(settings);
    Fingerprint fingerprint = settings.dataset.fingerprint();
    long start = System.nanoTime();
    try (SampleStore store = store(fingerprint)) {
      List<SampleResult> samples = sampleAll(questions, store);
      EvaluationReport.Builder report =
          EvaluationReport.builder(name)
              .dataset(settings.dataset.name(), fingerprint)
              .startedAt(store.startedAt())
              .wallDuration(Duration.ofNanos(System.nanoTime() - start));
      settings.graders.keySet().forEach(report::grader);
      samples.forEach(report::sample);
      return report.build();
    }
  }

  private SampleStore store(Fingerprint fingerprint) {
    SampleStorage storage = settings.storage;
    return storage == null
        ? SampleStore.inMemory(settings.time.now())
        : SampleStore.open(
            storage, SampleStore.Key.of(settings, name, fingerprint), settings.time.now());
  }

  private List<SampleResult> sampleAll(List<Question> questions, SampleStore store)
      throws InterruptedException {
    List<Question> open = new ArrayList<>();
    List<SampleResult> kept = new ArrayList<>();
    CostGuard costs = new CostGuard(settings);
    for (Question question : questions) {
      SampleResult sample = store.kept().get(question.key());
      if (sample == null || (settings.failuresAgain && sample.answer().isEmpty())) {
        open.add(question);
      } else {
        kept.add(sample.withTags(question.tags()));
        costs.paid(sample);
      }
    }
    ProgressTracker progress = new ProgressTracker(settings, name, questions.size(), kept);
    long underWay = open.stream().filter(q -> store.underWay().contains(q.key())).count();
    progress.started(underWay);
    if (!kept.isEmpty() || underWay > 0) {
      LOG.info(
          "{}: {} of {} samples were finished by earlier runs; {} were being asked when an earlier"
              + " run ended and may be charged twice.",
          name,
          kept.size(),
          questions.size(),
          underWay);
    }
    ask(open, store, costs, progress::finished);
    return progress.samples;
  }

  private void ask(
      List<Question> questions, SampleStore store, CostGuard costs, Consumer<SampleResult> onSample)
      throws InterruptedException {
    SampleRunner runner = new SampleRunner(settings, name, model, store);
    if (settings.batchSchedule != null && model instanceof BatchChatModel batched) {
      new BatchScheduler(settings, batched, store, runner, costs, onSample).run(questions);
      return;
    }
    if (settings.concurrency == 1) {
      // Requests one at a time need no worker thread.
      new RequestScheduler(settings, runner, costs, Runnable::run, onSample).run(questions);
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(settings.concurrency);
    try {
      new RequestScheduler(settings, runner, costs, workers, onSample).run(questions);
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  /** Waits briefly, so that no request of an interrupted run outlives it. */
  private void awaitEnd(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        LOG.warn("{}: a model ignored the interrupt; its thread keeps running.", name);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Collects the samples of one run and notifies the listener. Used by one thread. */
  private static final class ProgressTracker {
    private final EvaluationSettings settings;
    private final String name;
    private final long total;
    private final Instant start;
    private final List<SampleResult> samples = new ArrayList<>();
    private final long kept;
    private long failures;

    ProgressTracker(EvaluationSettings settings, String name, long total, List<SampleResult> kept) {
      this.settings = settings;
      this.name = name;
      this.total = total;
      this.kept = kept.size();
      start = settings.time.now();
      kept.forEach(this::add);
    }

    void started(long underWay) {
      notifyListener(() -> settings.listener.started(name, total, kept, underWay));
    }

    void finished(SampleResult sample) {
      add(sample);
      Duration elapsed = Duration.between(start, settings.time.now());
      EvaluationListener.Progress progress =
          new EvaluationListener.Progress(
              samples.size(), total, failures, samples.size() - kept, elapsed);
      notifyListener(() -> settings.listener.sampleFinished(name, sample, progress));
    }

    private void add(SampleResult sample) {
      samples.add(sample);
      failures += sample.failure().isPresent() ? 1 : 0;
    }

    private static void notifyListener(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.warn("The evaluation's listener failed; the evaluation continues.", e);
      }
    }
  }
}
