package dev.finetune4j.grading.text;

import java.util.List;

/**
 * Google's BLEU of one sentence, as nltk computes it: the lower of precision and recall of all
 * sequences of 1 to 4 words, words parted by white space.
 */
final class Gleu implements TextScore {
  private static final int LONGEST = 4;

  @Override
  public double of(String answer, String reference) {
    List<String> given = Words.bySpace(answer);
    List<String> wanted = Words.bySpace(reference);
    WordSequences inAnswer = WordSequences.of(given, 1, LONGEST);
    WordSequences inReference = WordSequences.of(wanted, 1, LONGEST);
    int larger = Math.max(inAnswer.total(), inReference.total());
    return larger == 0 ? 0 : (double) inAnswer.common(inReference) / larger;
  }
}
