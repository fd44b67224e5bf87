package dev.finetune4j.grading.text;

import java.util.List;

/**
 * The scores that compare sequences of words, each computed as its reference program computes it.
 * Stateless.
 */
final class WordScores {
  private static final int LONGEST_SEQUENCE = 4;

  private WordScores() {}

  /**
   * BLEU of one sentence against one reference, as sacrebleu computes it: tokenized as by
   * mteval-v13a, n-grams of up to 4 words (fewer in shorter answers), exponential smoothing,
   * brevity penalty.
   */
  static double bleu(String answer, String reference) {
    List<String> given = Words.ofTranslationTests(answer);
    List<String> expected = Words.ofTranslationTests(reference);
    double logarithms = 0;
    double smoothing = 1;
    int orders = 0;
    boolean any = false;
    for (int length = 1; length <= LONGEST_SEQUENCE; length++) {
      WordSequences sequences = WordSequences.of(given, length, length);
      if (sequences.total() == 0) {
        break;
      }
      orders++;
      double matches = sequences.common(WordSequences.of(expected, length, length));
      any |= matches > 0;
      if (matches == 0) {
        smoothing *= 2;
        matches = 1 / smoothing;
      }
      logarithms += Math.log(matches / sequences.total());
    }
    if (!any) {
      return 0;
    }
    double brevity =
        given.size() < expected.size() ? Math.exp(1 - (double) expected.size() / given.size()) : 1;
    return Math.min(1, brevity * Math.exp(logarithms / orders));
  }

  /**
   * Google's BLEU of one sentence, as nltk computes it: the lower of precision and recall over all
   * sequences of 1 to 4 words, split at white space.
   */
  static double gleu(String answer, String reference) {
    WordSequences given = WordSequences.of(Words.bySpace(answer), 1, LONGEST_SEQUENCE);
    WordSequences expected = WordSequences.of(Words.bySpace(reference), 1, LONGEST_SEQUENCE);
    int larger = Math.max(given.total(), expected.total());
    return larger == 0 ? 0 : (double) given.common(expected) / larger;
  }

  /** ROUGE-N as the package rouge-score computes it, without stemming. */
  static double rouge(String answer, String reference, int length) {
    WordSequences given = WordSequences.of(Words.ofLettersAndDigits(answer), length, length);
    WordSequences expected = WordSequences.of(Words.ofLettersAndDigits(reference), length, length);
    return fMeasure(given.common(expected), given.total(), expected.total());
  }

  /** ROUGE-L as the package rouge-score computes it, without stemming. */
  static double rougeL(String answer, String reference) {
    List<String> given = Words.ofLettersAndDigits(answer);
    List<String> expected = Words.ofLettersAndDigits(reference);
    return fMeasure(longestCommonSubsequence(given, expected), given.size(), expected.size());
  }

  private static double fMeasure(int common, int given, int expected) {
    double precision = (double) common / Math.max(given, 1);
    double recall = (double) common / Math.max(expected, 1);
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }

  /**
   * The similarity of characters, as the function {@code ratio} of rapidfuzz computes it: twice the
   * length of the longest common subsequence over the sum of both lengths, in code points.
   */
  static double fuzzyMatch(String answer, String reference) {
    List<Integer> given = answer.codePoints().boxed().toList();
    List<Integer> expected = reference.codePoints().boxed().toList();
    int both = given.size() + expected.size();
    return both == 0 ? 1 : 2.0 * longestCommonSubsequence(given, expected) / both;
  }

  /** Takes time proportional to the product of both lengths. */
  private static <T> int longestCommonSubsequence(List<T> first, List<T> second) {
    int[] above = new int[second.size() + 1];
    for (T item : first) {
      int diagonal = 0;
      for (int column = 1; column < above.length; column++) {
        int before = above[column];
        above[column] =
            item.equals(second.get(column - 1))
                ? diagonal + 1
                : Math.max(above[column], above[column - 1]);
        diagonal = before;
      }
    }
    return above[second.size()];
  }
}
