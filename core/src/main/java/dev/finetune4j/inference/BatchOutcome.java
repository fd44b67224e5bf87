package dev.finetune4j.inference;

/** The outcome of one question of a batch. Sealed; immutable and thread-safe. */
public sealed interface BatchOutcome {

  /**
   * The model answered.
   *
   * @param response the answer
   */
  record Answered(ChatResponse response) implements BatchOutcome {}

  /**
   * There is no answer.
   *
   * @param reason why, in words
   */
  record Unanswered(String reason) implements BatchOutcome {}
}
