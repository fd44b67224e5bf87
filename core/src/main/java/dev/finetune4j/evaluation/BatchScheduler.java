package dev.finetune4j.evaluation;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.BatchOutcome;
import dev.finetune4j.inference.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends all questions as batches and waits for the answers. Batches that an earlier run sent before
 * it died are awaited, not sent again. Used by one thread.
 */
final class BatchScheduler {
  private final EvaluationSettings settings;
  private final BatchChatModel model;
  private final SampleStore store;
  private final SampleRunner runner;
  private final CostGuard costs;
  private final Consumer<SampleResult> onSample;

  BatchScheduler(
      EvaluationSettings settings,
      BatchChatModel model,
      SampleStore store,
      SampleRunner runner,
      CostGuard costs,
      Consumer<SampleResult> onSample) {
    this.settings = settings;
    this.model = model;
    this.store = store;
    this.runner = runner;
    this.costs = costs;
    this.onSample = onSample;
  }

  void run(List<Question> questions) {
    Map<String, Question> open = new LinkedHashMap<>();
    for (Question question : questions) {
      if (runner.isCached(question)) {
        onSample.accept(Objects.requireNonNull(runner.ask(question).sample(), "sample"));
      } else {
        open.put(id(question.key()), question);
      }
    }
    for (SampleStore.SentBatch sent : store.batches()) {
      collect(sent, open);
    }
    skipUnaffordable(open);
    if (!open.isEmpty()) {
      Map<String, ChatRequest> requests = new LinkedHashMap<>();
      open.forEach((id, question) -> requests.put(id, question.request()));
      List<SampleKey> keys = open.values().stream().map(Question::key).toList();
      SampleStore.SentBatch sent = new SampleStore.SentBatch(model.submitBatch(requests), keys);
      store.sent(sent);
      collect(sent, open);
    }
  }

  private void collect(SampleStore.SentBatch sent, Map<String, Question> open) {
    List<Question> asked = new ArrayList<>();
    for (SampleKey key : sent.keys()) {
      Question question = open.remove(id(key));
      if (question != null) {
        asked.add(question);
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    PollingSchedule schedule = Objects.requireNonNull(settings.batchSchedule, "batchSchedule");
    Map<String, BatchOutcome> outcomes = model.awaitBatch(sent.ids(), schedule);
    for (Question question : asked) {
      SampleResult sample = sample(question, outcomes.get(id(question.key())));
      costs.paid(sample);
      onSample.accept(sample);
    }
  }

  private SampleResult sample(Question question, @Nullable BatchOutcome outcome) {
    if (outcome instanceof BatchOutcome.Answered answered) {
      return runner.answered(question, answered.response(), Duration.ZERO);
    }
    String reason =
        outcome instanceof BatchOutcome.Unanswered unanswered
            ? unanswered.reason()
            : "The batch ended before this question was answered.";
    return runner.fail(question, Duration.ZERO, reason);
  }

  private void skipUnaffordable(Map<String, Question> open) {
    boolean cancelled = settings.stop.getAsBoolean();
    open.values()
        .removeIf(
            question -> {
              if (!cancelled && costs.reserve(question)) {
                return false;
              }
              onSample.accept(
                  question.notAsked(cancelled ? EvaluationSettings.CANCELLED : costs.reason()));
              return true;
            });
  }

  private static String id(SampleKey key) {
    return "sample-" + key.index() + "-" + key.repetition();
  }
}
