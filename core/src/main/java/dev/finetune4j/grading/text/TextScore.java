package dev.finetune4j.grading.text;

/** How like an answer is to a reference, from 0 to 1. Implementations are thread-safe. */
@FunctionalInterface
public interface TextScore {

  /** Returns the likeness of {@code answer} to {@code reference}; 1 is the same. */
  double of(String answer, String reference);
}
