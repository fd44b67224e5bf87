package dev.finetune4j.exchange.promptfoo;

/** How many letters must be put in, taken out or changed. Stateless. */
final class Levenshtein {
  private Levenshtein() {}

  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int i = 0; i < previous.length; i++) {
      previous[i] = i;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
