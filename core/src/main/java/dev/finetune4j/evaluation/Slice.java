package dev.finetune4j.evaluation;

/**
 * A part of the samples with the results of two alternatives, created by {@link Comparison#slices}.
 * Immutable and thread-safe.
 *
 * @param slicing the name of the slicing, for example {@code language}
 * @param label the label of this part, for example {@code German}
 * @param candidate the candidate's score on this part
 * @param baseline the baseline's score on this part
 * @param comparison the comparison on this part, with a p-value corrected for all slices
 */
public record Slice(
    String slicing, String label, Score candidate, Score baseline, Comparison comparison) {

  static Slice of(String slicing, String label, Pairing pairing) {
    return new Slice(
        slicing,
        label,
        pairing.score(SamplePair::candidate),
        pairing.score(SamplePair::baseline),
        Comparison.of(pairing));
  }

  /** Returns this slice with its comparison corrected for another family of tests. */
  public Slice with(Comparison other) {
    return new Slice(slicing, label, candidate, baseline, other);
  }

  /**
   * Returns whether the candidate is significantly worse here (corrected p at most {@code level}).
   */
  public boolean isWorse(double level) {
    return comparison.difference() < 0 && comparison.adjustedPValue() <= level;
  }

  /** Returns for example {@code language = German}. */
  public String title() {
    return slicing + " = " + label;
  }
}
