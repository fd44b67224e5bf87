package dev.finetune4j.providerkit.batch;

import dev.finetune4j.inference.ChatResponse;

/** The outcome of one question of a batch. Sealed; immutable and thread-safe. */
public sealed interface BatchAnswer {

  /**
   * The model answered.
   *
   * @param response the answer
   */
  record Answered(ChatResponse response) implements BatchAnswer {}

  /**
   * There is no answer.
   *
   * @param code the service's word for the reason; {@code expired}, {@code cancelled} or {@code
   *     failed} where the batch ended before the question's turn
   * @param message why, in words
   */
  record Failed(String code, String message) implements BatchAnswer {}
}
