package dev.finetune4j.providerkit.batch;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.inference.BatchChatModel;
import dev.finetune4j.inference.BatchOutcome;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model whose questions can also travel in batches. Immutable and thread-safe; the batches belong
 * to the caller.
 */
public final class BatchModel implements BatchChatModel {
  private final String name;
  private final ChatModel model;
  private final ChatBatches batches;

  /**
   * Makes the model.
   *
   * @param name what the service calls it in a batch: the model, or the deployment
   * @param model asks one by one
   */
  public BatchModel(String name, ChatModel model, ChatBatches batches) {
    this.name = Objects.requireNonNull(name, "name");
    this.model = Objects.requireNonNull(model, "model");
    this.batches = Objects.requireNonNull(batches, "batches");
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return model.chat(request);
  }

  @Override
  public List<String> submitBatch(Map<String, ChatRequest> requests) {
    try {
      return batches.submit(name, requests).stream().map(Batch::id).toList();
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(e);
    }
  }

  @Override
  public Map<String, BatchOutcome> awaitBatch(List<String> ids, PollingSchedule schedule) {
    List<Batch> sent = new ArrayList<>();
    for (String id : ids) {
      sent.add(batches.fetch(id));
    }
    Map<String, BatchOutcome> outcomes = new LinkedHashMap<>();
    try {
      batches.await(sent, schedule).forEach((id, answer) -> outcomes.put(id, outcome(answer)));
    } catch (InterruptedException e) {
      throw OperationInterruptedException.from(e);
    }
    return outcomes;
  }

  private static BatchOutcome outcome(BatchAnswer answer) {
    if (answer instanceof BatchAnswer.Answered answered) {
      return new BatchOutcome.Answered(answered.response());
    }
    BatchAnswer.Failed failed = (BatchAnswer.Failed) answer;
    return new BatchOutcome.Unanswered(failed.message() + " (" + failed.code() + ")");
  }

  @Override
  public String toString() {
    return "BatchModel(" + name + ")";
  }
}
