package dev.finetune4j.grading.text;

import dev.finetune4j.inference.EmbeddingModel;
import java.util.List;

/** Creates scores. All are immutable and thread-safe. */
public final class TextScores {
  private static final int LONGEST_ROUGE = 9;

  private TextScores() {}

  /** Returns BLEU of a sentence, as sacrebleu computes it, over 1 instead of 100. */
  public static TextScore bleu() {
    return WordScores::bleu;
  }

  /** Returns GLEU (Google BLEU) of a sentence, as nltk computes it on words parted by spaces. */
  public static TextScore gleu() {
    return WordScores::gleu;
  }

  /**
   * Returns the F-measure of ROUGE-N, as rouge-score computes it without stemming. Texts with other
   * than Latin script, which rouge-score drops, are parted into words of any script.
   *
   * @param words the length of the sequences, 1 to 9
   */
  public static TextScore rouge(int words) {
    if (words < 1 || words > LONGEST_ROUGE) {
      throw new IllegalArgumentException(
          "words must be from 1 to " + LONGEST_ROUGE + ", was " + words);
    }
    return (answer, reference) -> WordScores.rouge(answer, reference, words);
  }

  /** Returns the F-measure of ROUGE-L, as rouge-score computes it without stemming. */
  public static TextScore rougeL() {
    return WordScores::rougeL;
  }

  /**
   * Returns METEOR with its stages of equal words and equal stems, as nltk computes it with a
   * WordNet that is empty: this library ships none. With WordNet, nltk's figures are the same or
   * higher.
   */
  public static TextScore meteor() {
    return meteor(Synonyms.NONE);
  }

  /** Returns {@link #meteor()} with a third stage, which matches synonyms. */
  public static TextScore meteor(Synonyms synonyms) {
    return new Meteor(synonyms);
  }

  /**
   * Returns the cosine of the angle between the vectors that {@code model} makes of both texts, 0
   * where it is below. Each comparison takes one request of the model for both texts.
   */
  public static TextScore cosine(EmbeddingModel model) {
    return (answer, reference) -> {
      if (answer.equals(reference)) {
        return 1;
      }
      // Services refuse empty texts.
      if (answer.isBlank() || reference.isBlank()) {
        return 0;
      }
      return Math.max(0, model.embed(List.of(answer, reference)).cosine(0, 1));
    };
  }

  /** Returns the likeness of letters, as the function ratio of rapidfuzz computes it. */
  public static TextScore fuzzyMatch() {
    return WordScores::fuzzyMatch;
  }
}
