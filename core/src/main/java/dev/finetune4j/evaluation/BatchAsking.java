package dev.finetune4j.evaluation;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.BatchOutcome;
import dev.finetune4j.inference.ChatRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends all questions together and waits for the answers; batches of a run that died are waited for
 * instead of sent again. Used by one thread.
 */
final class BatchAsking {
  private final EvaluationSettings settings;
  private final BatchChatModel model;
  private final SampleKeeper keeper;
  private final Asking asking;
  private final Consumer<SampleResult> finished;

  BatchAsking(
      EvaluationSettings settings,
      BatchChatModel model,
      SampleKeeper keeper,
      Asking asking,
      Consumer<SampleResult> finished) {
    this.settings = settings;
    this.model = model;
    this.keeper = keeper;
    this.asking = asking;
    this.finished = finished;
  }

  void run(List<Question> questions) throws InterruptedException {
    Map<String, Question> open = new LinkedHashMap<>();
    for (Question question : questions) {
      if (asking.isKept(question)) {
        finished.accept(Objects.requireNonNull(asking.ask(question).sample(), "sample"));
      } else {
        open.put(id(question.key()), question);
      }
    }
    for (SentBatch sent : keeper.batches()) {
      collect(sent, open);
    }
    Map<String, ChatRequest> requests = affordable(open);
    if (!requests.isEmpty()) {
      List<SampleKey> keys = requests.keySet().stream().map(id -> open(open, id).key()).toList();
      SentBatch sent = new SentBatch(model.submitBatch(requests), keys);
      keeper.sent(sent);
      collect(sent, open);
    }
  }

  private void collect(SentBatch sent, Map<String, Question> open) throws InterruptedException {
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
      finished.accept(sample(question, outcomes.get(id(question.key()))));
    }
  }

  private SampleResult sample(Question question, @Nullable BatchOutcome outcome) {
    SampleResult sample;
    if (outcome instanceof BatchOutcome.Answered answered) {
      sample = asking.answered(question, answered.response());
    } else if (outcome instanceof BatchOutcome.Unanswered unanswered) {
      sample = asking.givenUp(question, unanswered.reason());
    } else {
      sample = asking.givenUp(question, "The batch ended before this question's turn.");
    }
    asking.spending().paid(sample);
    return sample;
  }

  private Map<String, ChatRequest> affordable(Map<String, Question> open) {
    Map<String, ChatRequest> requests = new LinkedHashMap<>();
    boolean cancelled = settings.stop.getAsBoolean();
    for (Map.Entry<String, Question> entry : List.copyOf(open.entrySet())) {
      Question question = entry.getValue();
      if (!cancelled && asking.spending().reserve(question)) {
        requests.put(entry.getKey(), question.request());
      } else {
        open.remove(entry.getKey());
        String reason =
            cancelled ? "Not asked: the evaluation was cancelled." : asking.spending().reason();
        finished.accept(question.notAsked(reason));
      }
    }
    return requests;
  }

  private static Question open(Map<String, Question> open, String id) {
    return Objects.requireNonNull(open.get(id), id);
  }

  private static String id(SampleKey key) {
    return "sample-" + key.index() + "-" + key.repetition();
  }
}
