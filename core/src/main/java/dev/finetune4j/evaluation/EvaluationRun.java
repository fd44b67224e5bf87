package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of an evaluation: hands the samples to a few threads and collects what comes back. */
final class EvaluationRun {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationRun.class);
  private static final long SECONDS_TO_STOP = 10;

  private final Evaluation evaluation;
  private final String name;
  private final Sampling sampling;

  EvaluationRun(Evaluation evaluation, String name, ChatModel model) {
    this.evaluation = evaluation;
    this.name = name;
    this.sampling = new Sampling(evaluation, model);
  }

  EvaluationReport report() throws InterruptedException {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset(evaluation.dataset().name(), evaluation.dataset().fingerprint());
    evaluation.graders().keySet().forEach(report::grader);
    Instant startedAt = evaluation.time().now();
    long start = System.nanoTime();
    sampleAll().forEach(report::sample);
    return report
        .startedAt(startedAt)
        .wallDuration(Duration.ofNanos(System.nanoTime() - start))
        .build();
  }

  private List<SampleResult> sampleAll() throws InterruptedException {
    List<PromptExample> examples;
    try (Stream<PromptExample> stream = evaluation.dataset().examples()) {
      examples = stream.toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(evaluation.concurrency());
    try {
      CompletionService<SampleResult> finished = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < examples.size(); i++) {
        for (int repetition = 0; repetition < evaluation.repetitions(); repetition++) {
          finished.submit(task(new SampleKey(i, repetition), examples.get(i)));
        }
      }
      return collect(finished, Math.multiplyExact(examples.size(), evaluation.repetitions()));
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  private Callable<SampleResult> task(SampleKey key, PromptExample example) {
    return () -> sampling.sample(key, example);
  }

  private List<SampleResult> collect(CompletionService<SampleResult> finished, int total)
      throws InterruptedException {
    List<SampleResult> results = new ArrayList<>(total);
    while (results.size() < total) {
      try {
        results.add(finished.take().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("An evaluation thread broke: " + e.getCause(), e);
      }
      tell(results.get(results.size() - 1), results.size(), total);
    }
    return results;
  }

  private void tell(SampleResult sample, int done, int total) {
    try {
      evaluation
          .listener()
          .sampleFinished(name, sample, new EvaluationListener.Progress(done, total));
    } catch (RuntimeException e) {
      LOG.warn("The evaluation's listener failed; the evaluation goes on.", e);
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
