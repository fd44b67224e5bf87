package dev.finetune4j.grading.text;

/** Makes the measures. All are immutable and thread-safe. */
public final class TextScores {
  private static final int LONGEST_ROUGE = 9;

  private TextScores() {}

  /** Returns BLEU of a sentence, as sacrebleu computes it, over 1 instead of 100. */
  public static TextScore bleu() {
    return new Bleu();
  }

  /** Returns GLEU (Google BLEU) of a sentence, as nltk computes it on words parted by spaces. */
  public static TextScore gleu() {
    return new Gleu();
  }

  /**
   * Returns the F-measure of ROUGE-N, as rouge-score computes it without stemming.
   *
   * @param words the length of the sequences, 1 to 9
   */
  public static TextScore rouge(int words) {
    if (words < 1 || words > LONGEST_ROUGE) {
      throw new IllegalArgumentException(
          "ROUGE compares sequences of 1 to " + LONGEST_ROUGE + " words, not of " + words + ".");
    }
    return Rouge.ofSequences(words);
  }

  /** Returns the F-measure of ROUGE-L, as rouge-score computes it without stemming. */
  public static TextScore rougeL() {
    return Rouge.ofLongestSubsequence();
  }

  /** Returns the likeness of letters, as the function ratio of rapidfuzz computes it. */
  public static TextScore fuzzyMatch() {
    return new FuzzyMatch();
  }
}
