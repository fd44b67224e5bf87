package dev.finetune4j.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far two bags of things agree.
 *
 * @param wanted how many were wanted
 * @param given how many were given
 * @param missing the wanted ones that were not given
 * @param extra the given ones that were not wanted
 */
record Overlap(int wanted, int given, List<String> missing, List<String> extra) {

  static Overlap of(List<String> wanted, List<String> given) {
    List<String> extra = new ArrayList<>(given);
    List<String> missing = new ArrayList<>();
    for (String item : wanted) {
      if (!extra.remove(item)) {
        missing.add(item);
      }
    }
    return new Overlap(wanted.size(), given.size(), missing, extra);
  }

  /** Returns the harmonic mean of precision and recall; 1 if nothing was wanted and none given. */
  double f1() {
    int common = wanted - missing.size();
    return wanted + given == 0 ? 1 : 2.0 * common / (wanted + given);
  }

  Grade grade(String what, double threshold) {
    double score = f1();
    if (missing.isEmpty() && extra.isEmpty()) {
      return Grade.of(score, threshold);
    }
    String reason =
        String.format(
            Locale.ROOT,
            "%d of %d %s found, %d too many.%s%s",
            wanted - missing.size(),
            wanted,
            what,
            extra.size(),
            first(" First missing: ", missing),
            first(" First too many: ", extra));
    return new Grade(score, score >= threshold, Optional.of(reason));
  }

  private static String first(String label, List<String> items) {
    return items.isEmpty() ? "" : label + TextGrades.shown(items.get(0)) + ".";
  }
}
