package dev.finetune4j.inference;

import dev.finetune4j.PollingSchedule;
import java.util.List;
import java.util.Map;

/**
 * A model that can also be asked many questions at once, answered within hours and mostly at half
 * the price. A provider implements it where its service has batches. Thread-safe.
 */
public interface BatchChatModel extends ChatModel {

  /**
   * Sends the questions, and does not wait for the answers. Costs what the service charges for all
   * of them.
   *
   * @param requests the questions by an id of the caller's, which the answers carry
   * @return the ids of the batches at the service, sufficient to find the answers after a restart
   * @throws dev.finetune4j.error.ProviderException if the service refuses; no batch was started
   * @throws dev.finetune4j.error.OperationInterruptedException if the thread is interrupted
   */
  List<String> submitBatch(Map<String, ChatRequest> requests);

  /**
   * Waits until the batches have ended and returns the outcomes of their questions; questions that
   * a batch did not reach are missing. Sends a few requests.
   *
   * @throws dev.finetune4j.error.ProviderUnavailableException if the schedule gives up first; the
   *     batches continue
   * @throws dev.finetune4j.error.OperationInterruptedException if the thread is interrupted; the
   *     batches continue
   */
  Map<String, BatchOutcome> awaitBatch(List<String> batches, PollingSchedule schedule);
}
