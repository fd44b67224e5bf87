package dev.finetune4j.grading.text;

/** The similarity of an answer to a reference, from 0 to 1. Implementations are thread-safe. */
@FunctionalInterface
public interface TextScore {

  /** Returns the similarity of {@code answer} to {@code reference}; 1 means equal. */
  double of(String answer, String reference);
}
