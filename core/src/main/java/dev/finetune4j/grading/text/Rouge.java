package dev.finetune4j.grading.text;

import java.util.List;

/**
 * ROUGE as the package rouge-score computes it, without stemming: the F-measure of common word
 * sequences of one length, or of the longest common subsequence.
 */
final class Rouge implements TextScore {
  private static final int LONGEST_SUBSEQUENCE = 0;

  private final int length;

  private Rouge(int length) {
    this.length = length;
  }

  static Rouge ofSequences(int words) {
    return new Rouge(words);
  }

  static Rouge ofLongestSubsequence() {
    return new Rouge(LONGEST_SUBSEQUENCE);
  }

  @Override
  public double of(String answer, String reference) {
    List<String> given = Words.ofLettersAndDigits(answer);
    List<String> wanted = Words.ofLettersAndDigits(reference);
    if (length == LONGEST_SUBSEQUENCE) {
      return measure(Subsequence.longest(given, wanted), given.size(), wanted.size());
    }
    WordSequences inAnswer = WordSequences.of(given, length, length);
    WordSequences inReference = WordSequences.of(wanted, length, length);
    return measure(inAnswer.common(inReference), inAnswer.total(), inReference.total());
  }

  private static double measure(int common, int given, int wanted) {
    double precision = (double) common / Math.max(given, 1);
    double recall = (double) common / Math.max(wanted, 1);
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
}
