package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Holm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several comparisons that are looked at together: their p-values are corrected after Holm, since
 * of twenty tests of nothing one succeeds. Immutable and thread-safe.
 *
 * <pre>{@code
 * Comparisons table = Comparisons.of(List.of(fewShot, tuned), zeroShot, List.of("exact", "tone"));
 * table.require("tuned", "exact").adjustedPValue();
 * }</pre>
 */
public final class Comparisons {
  private final List<Comparison> all;

  private Comparisons(List<Comparison> all) {
    this.all = all;
  }

  /**
   * Compares every candidate with one baseline by every grader. Pure, as dear as that many
   * comparisons.
   *
   * @param candidates the alternatives on trial; the baseline among them is passed over
   * @throws IllegalArgumentException if two were not measured on the same data, or one lacks a
   *     grader
   */
  public static Comparisons of(
      List<EvaluationReport> candidates, EvaluationReport baseline, List<String> graders) {
    return adjusted(
        candidates.stream()
            .filter(candidate -> !candidate.name().equals(baseline.name()))
            .flatMap(
                candidate -> graders.stream().map(grader -> candidate.comparedTo(baseline, grader)))
            .toList());
  }

  /** Returns any comparisons as one family, in the order given, their p-values corrected anew. */
  public static Comparisons adjusted(List<Comparison> comparisons) {
    double[] adjusted =
        Holm.adjusted(comparisons.stream().mapToDouble(Comparison::pValue).toArray());
    return new Comparisons(
        IntStream.range(0, adjusted.length)
            .mapToObj(i -> comparisons.get(i).adjusted(adjusted[i], adjusted.length))
            .toList());
  }

  /** Returns all of them: for each candidate one by each grader, in the order given. */
  public List<Comparison> all() {
    return all;
  }

  /** Returns those whose corrected p-value is at most {@code level}, in either direction. */
  public List<Comparison> significant(double level) {
    return all.stream().filter(comparison -> comparison.adjustedPValue() <= level).toList();
  }

  /**
   * Returns one of them.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public Comparison require(String candidate, String grader) {
    return all.stream()
        .filter(it -> it.candidate().equals(candidate) && it.grader().equals(grader))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\""
                        + candidate
                        + "\" is not compared by \""
                        + grader
                        + "\"; there are "
                        + all));
  }

  @Override
  public String toString() {
    return "Comparisons" + all;
  }
}
