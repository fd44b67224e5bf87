package dev.finetune4j.huggingface.internal.trl;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the closest match of a misspelled name. Stateless. */
public final class NearestName {

  private NearestName() {}

  /** Returns the name with the smallest edit distance; the alphabetically first of several. */
  public static String of(String name, Set<String> known) {
    Map<Integer, String> byDistance = new TreeMap<>();
    for (String each : known.stream().sorted().toList()) {
      byDistance.putIfAbsent(distance(name, each), each);
    }
    return byDistance.values().iterator().next();
  }

  /** Returns the Levenshtein distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
