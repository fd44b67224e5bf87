package dev.finetune4j.grading.text;

import java.util.List;

/**
 * The likeness of letters, as the function {@code ratio} of rapidfuzz computes it: twice the
 * longest common subsequence over both lengths, in code points.
 */
final class FuzzyMatch implements TextScore {

  @Override
  public double of(String answer, String reference) {
    List<Integer> given = answer.codePoints().boxed().toList();
    List<Integer> wanted = reference.codePoints().boxed().toList();
    int both = given.size() + wanted.size();
    return both == 0 ? 1 : 2.0 * Subsequence.longest(given, wanted) / both;
  }
}
