package dev.finetune4j.grading.text;

import java.util.List;

/** What two sequences have in common in the same order. Stateless. */
final class Subsequence {

  private Subsequence() {}

  /** Returns the length of the longest common subsequence; takes the product of both lengths. */
  static <T> int longest(List<T> first, List<T> second) {
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
