package dev.finetune4j.evaluation;

/**
 * A part of the samples, and how two alternatives do on it. Made by {@link Comparison#slices}.
 * Immutable and thread-safe.
 *
 * @param slicing what the samples were cut by, for example {@code language}
 * @param label which part this is, for example {@code German}
 * @param candidate the candidate's score on it, with its interval
 * @param baseline the baseline's
 * @param comparison the two on it, pair by pair; its corrected p-value regards all slices
 */
public record Slice(
    String slicing, String label, Score candidate, Score baseline, Comparison comparison) {

  static Slice of(String slicing, String label, Pairing pairing) {
    return new Slice(
        slicing,
        label,
        Scoring.score(pairing.grader(), pairing.candidates()),
        Scoring.score(pairing.grader(), pairing.baselines()),
        Comparison.of(pairing));
  }

  /** Returns the same slice with its comparison corrected for another family of tests. */
  public Slice with(Comparison other) {
    return new Slice(slicing, label, candidate, baseline, other);
  }

  /** Returns whether the candidate is worse here by more than chance, corrected p at most level. */
  public boolean isWorse(double level) {
    return comparison.difference() < 0 && comparison.adjustedPValue() <= level;
  }

  /** Returns for example {@code language = German}. */
  public String title() {
    return slicing + " = " + label;
  }
}
