package dev.finetune4j.token;

import dev.finetune4j.dataset.Example;

/**
 * Counts the tokens of texts and examples as one model's tokenizer would, or estimates them.
 * Thread-safe.
 */
public interface TokenCounter {

  /** Returns the tokens of a bare text. */
  long count(String text);

  /**
   * Returns the tokens of a whole example as it is trained on, the marks between messages included.
   */
  long count(Example example);

  /**
   * Returns whether the counts are exact; otherwise they are estimates and must be shown as such.
   */
  boolean isExact();
}
