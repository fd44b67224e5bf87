package dev.finetune4j.grading.text;

import java.util.List;

/**
 * BLEU of one sentence against one reference, as sacrebleu computes it: words by mteval-v13a,
 * sequences of up to 4 words (fewer in shorter answers), exponential smoothing, brevity penalty.
 */
final class Bleu implements TextScore {
  private static final int LONGEST = 4;

  @Override
  public double of(String answer, String reference) {
    List<String> given = Words.ofTranslationTests(answer);
    List<String> wanted = Words.ofTranslationTests(reference);
    double logarithms = 0;
    double smoothing = 1;
    int orders = 0;
    boolean any = false;
    for (int length = 1; length <= LONGEST; length++) {
      WordSequences sequences = WordSequences.of(given, length, length);
      if (sequences.total() == 0) {
        break;
      }
      orders++;
      double matches = sequences.common(WordSequences.of(wanted, length, length));
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
        given.size() < wanted.size() ? Math.exp(1 - (double) wanted.size() / given.size()) : 1;
    return Math.min(1, brevity * Math.exp(logarithms / orders));
  }
}
