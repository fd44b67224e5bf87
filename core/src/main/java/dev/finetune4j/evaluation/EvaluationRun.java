package dev.finetune4j.evaluation;

import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.ChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an evaluation: finds what is kept, has the rest asked, and makes the report. */
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
    List<Question> questions = QuestionList.of(settings);
    long start = System.nanoTime();
    try (SampleKeeper keeper = keeper()) {
      List<SampleResult> samples = sampleAll(questions, keeper);
      EvaluationReport.Builder report =
          EvaluationReport.builder(name)
              .dataset(settings.dataset.name(), settings.dataset.fingerprint())
              .startedAt(keeper.startedAt())
              .wallDuration(Duration.ofNanos(System.nanoTime() - start));
      settings.graders.keySet().forEach(report::grader);
      samples.forEach(report::sample);
      return report.build();
    }
  }

  private SampleKeeper keeper() {
    SampleStorage storage = settings.storage;
    return storage == null
        ? SampleKeeper.none(settings.time.now())
        : SampleStore.open(storage, StoreKey.of(settings, name), settings.time.now());
  }

  private List<SampleResult> sampleAll(List<Question> questions, SampleKeeper keeper)
      throws InterruptedException {
    List<Question> open = new ArrayList<>();
    List<SampleResult> kept = new ArrayList<>();
    Spending spending = new Spending(settings);
    for (Question question : questions) {
      SampleResult sample = keeper.kept().get(question.key());
      if (sample == null || (settings.failuresAgain && sample.answer().isEmpty())) {
        open.add(question);
      } else {
        kept.add(sample.withTags(question.tags()));
        spending.paid(sample);
      }
    }
    Tally tally = new Tally(settings, name, questions.size(), kept);
    long underWay = open.stream().filter(q -> keeper.underWay().contains(q.key())).count();
    tally.started(underWay);
    if (!kept.isEmpty() || underWay > 0) {
      LOG.info(
          "{}: {} of {} samples are kept from before; {} were under way when that run ended and"
              + " may be charged twice.",
          name,
          kept.size(),
          questions.size(),
          underWay);
    }
    ask(open, keeper, spending, tally);
    return tally.samples();
  }

  private void ask(List<Question> questions, SampleKeeper keeper, Spending spending, Tally tally)
      throws InterruptedException {
    Asking asking =
        new Asking(
            new Sampling(settings.graders, model),
            keeper,
            spending,
            new KeptAnswers(settings.cache, name));
    if (settings.batchSchedule != null && model instanceof BatchChatModel batched) {
      new BatchAsking(settings, batched, keeper, asking, tally::finished).run(questions);
      return;
    }
    if (settings.concurrency == 1) {
      // One at a time needs no second thread, and saves the way to it and back.
      new AskingLoop(settings, asking, Runnable::run, tally::finished).run(questions);
      return;
    }
    ExecutorService workers = Executors.newFixedThreadPool(settings.concurrency);
    try {
      new AskingLoop(settings, asking, workers, tally::finished).run(questions);
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  /** Waits a little, so that no request of an interrupted run is still being answered after it. */
  private void awaitEnd(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        LOG.warn("{}: a model did not heed the interrupt; its thread is left behind.", name);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
