package dev.finetune4j.statistics;

/** The tests of paired differences, all two-sided. Immutable and thread-safe. */
public enum PairedTest {
  /**
   * McNemar's exact test, for independent pairs of passed or not: differences of 1, 0 and -1. Of
   * other differences it sees the sign, which makes it the sign test.
   */
  MCNEMAR("exact McNemar test"),
  /** Flips of sign, for scores of any kind, and the only exact one for pairs in groups. */
  PERMUTATION("paired permutation test"),
  /** The bootstrap of the mean difference, never below the permutation test. */
  BOOTSTRAP("paired bootstrap test"),
  /** Wilcoxon's signed ranks: robust against a few wild differences. */
  WILCOXON("Wilcoxon signed rank test");

  private final String title;

  PairedTest(String title) {
    this.title = title;
  }

  /** Returns the name for people. */
  public String title() {
    return title;
  }

  /**
   * Returns how likely differences this large, in either direction, are by chance alone.
   *
   * @throws IllegalArgumentException if this is McNemar's test and the pairs come in groups, for
   *     which it would claim too much
   */
  public double pValue(GroupedValues differences) {
    return switch (this) {
      case MCNEMAR -> mcNemar(differences);
      case PERMUTATION -> SignFlip.pValue(differences);
      case BOOTSTRAP -> Bootstrap.pValue(differences);
      case WILCOXON -> Wilcoxon.pValue(differences);
    };
  }

  private static double mcNemar(GroupedValues differences) {
    if (differences.isGrouped()) {
      throw new IllegalArgumentException(
          "McNemar's test needs independent pairs, but these form "
              + differences.groups()
              + " groups; use the permutation test.");
    }
    long won = 0;
    long lost = 0;
    for (double difference : differences.values()) {
      won += difference > 0 ? 1 : 0;
      lost += difference < 0 ? 1 : 0;
    }
    return new PairedPasses(differences.size(), won, lost).pValue();
  }
}
