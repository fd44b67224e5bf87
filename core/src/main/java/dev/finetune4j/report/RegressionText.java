package dev.finetune4j.report;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.SamplePair;
import java.util.List;
import java.util.Locale;

/**
 * Describes a comparison for a failed build: the figures, then the samples with the largest losses.
 * Stateless.
 */
public final class RegressionText {
  private static final int MOST_SHOWN = 5;
  private static final int MOST_CHARACTERS = 200;

  private RegressionText() {}

  /** Returns the text; its first line has the figures. */
  public static String of(Comparison comparison) {
    return of(comparison, "");
  }

  /**
   * Returns the text; its first line has the figures.
   *
   * @param margin the acceptable loss, a fraction from 0 to 1
   */
  public static String of(Comparison comparison, double margin) {
    return of(comparison, String.format(Locale.ROOT, "; the margin is %.1f points", 100 * margin));
  }

  private static String of(Comparison comparison, String demand) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s%s. Better on %d, worse on %d of %d samples by \"%s\".",
            comparison,
            demand,
            comparison.improved(),
            comparison.worsened(),
            comparison.pairs(),
            comparison.grader()));
    List<SamplePair> worst = comparison.regressions();
    if (!worst.isEmpty()) {
      text.append("\nThe samples with the largest losses:");
    }
    for (SamplePair pair : worst.subList(0, Math.min(MOST_SHOWN, worst.size()))) {
      String grader = comparison.grader();
      text.append(
          String.format(
              Locale.ROOT,
              "%n- sample %d: %.2f, was %.2f%n  asked:    %s%n  expected: %s%n  was:      %s%n "
                  + " is now:   %s",
              pair.index() + 1,
              pair.candidate().score(grader),
              pair.baseline().score(grader),
              line(pair.candidate().prompt()),
              line(pair.candidate().reference()),
              line(pair.baseline().answer().orElse("[no answer]")),
              line(pair.candidate().answer().orElse("[no answer]"))));
    }
    if (worst.size() > MOST_SHOWN) {
      text.append("\n- and ").append(worst.size() - MOST_SHOWN).append(" more");
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String line(String text) {
    String one = text.strip().replaceAll("\\s+", " ");
    return one.length() <= MOST_CHARACTERS ? one : one.substring(0, MOST_CHARACTERS) + "…";
  }
}
