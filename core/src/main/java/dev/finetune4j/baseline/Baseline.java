package dev.finetune4j.baseline;

import dev.finetune4j.inference.ChatModel;

/**
 * An alternative to fine-tuning: makes a model that answers better, or just differently, out of a
 * base model. Thread-safe.
 */
public interface Baseline {

  /** Returns the name for tables, for example {@code few-shot (4)}; unique within a run. */
  String name();

  /** Returns {@code base} asked in this way. No I/O. */
  ChatModel on(ChatModel base);
}
