package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.Holm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A family of comparisons with Holm-corrected p-values, since one in twenty tests without any
 * effect is significant by chance. Immutable and thread-safe.
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
   * Compares every candidate with one baseline by every grader. Makes no request.
   *
   * @param candidates the candidates; the baseline itself is skipped
   * @throws IllegalArgumentException if reports are of different data, or one lacks a grader
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

  /** Returns the comparisons as one family in the given order, with newly corrected p-values. */
  public static Comparisons adjusted(List<Comparison> comparisons) {
    double[] adjusted =
        Holm.adjusted(comparisons.stream().mapToDouble(Comparison::pValue).toArray());
    return new Comparisons(
        IntStream.range(0, adjusted.length)
            .mapToObj(i -> comparisons.get(i).adjusted(adjusted[i], adjusted.length))
            .toList());
  }

  /** Returns all comparisons in the given order, for each candidate one by each grader. */
  public List<Comparison> all() {
    return all;
  }

  /**
   * Returns the comparisons with a corrected p-value of at most {@code level}, in either direction.
   */
  public List<Comparison> significant(double level) {
    return all.stream().filter(comparison -> comparison.adjustedPValue() <= level).toList();
  }

  /**
   * Returns the comparison of one candidate by one grader.
   *
   * @throws IllegalArgumentException if there is no such comparison; the message lists all
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
