package dev.finetune4j.evaluation.agreement;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often each label was given for each expected label. Immutable and thread-safe; equal
 * to another matrix with the same counts.
 */
public final class ConfusionMatrix {
  private final List<String> labels;
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final long[][] counts;

  private ConfusionMatrix(List<String> labels) {
    this.labels = labels;
    labels.forEach(label -> places.put(label, places.size()));
    counts = new long[labels.size()][labels.size()];
  }

  /**
   * Counts two lists of labels element by element. The matrix has the labels of both lists in their
   * natural order.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static ConfusionMatrix of(List<String> expected, List<String> given) {
    TreeSet<String> labels = new TreeSet<>(expected);
    labels.addAll(given);
    return of(List.copyOf(labels), expected, given);
  }

  /**
   * Counts two lists of labels element by element.
   *
   * @param labels all labels, in the order that {@link #weightedKappa} uses
   * @throws IllegalArgumentException if the lists have different lengths, or a label is not one of
   *     {@code labels}
   */
  public static ConfusionMatrix of(List<String> labels, List<String> expected, List<String> given) {
    if (expected.size() != given.size()) {
      throw new IllegalArgumentException(
          "There are " + expected.size() + " expected labels and " + given.size() + " given ones.");
    }
    ConfusionMatrix matrix = new ConfusionMatrix(List.copyOf(labels));
    for (int i = 0; i < expected.size(); i++) {
      matrix.counts[matrix.place(expected.get(i))][matrix.place(given.get(i))]++;
    }
    return matrix;
  }

  /** Returns the labels in order. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns how often {@code given} was given where {@code expected} was expected.
   *
   * @throws IllegalArgumentException if one is not a label of the matrix
   */
  public long count(String expected, String given) {
    return counts[place(expected)][place(given)];
  }

  /** Returns how often the label was expected. */
  public long expected(String label) {
    return Arrays.stream(counts[place(label)]).sum();
  }

  /** Returns how often the label was given. */
  public long given(String label) {
    int column = place(label);
    return Arrays.stream(counts).mapToLong(row -> row[column]).sum();
  }

  /** Returns the number of pairs. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Returns the number of equal pairs. */
  public long equal() {
    return labels.stream().mapToLong(label -> count(label, label)).sum();
  }

  /**
   * Returns Cohen's kappa, the agreement corrected for chance: 1 is perfect, 0 is chance, and
   * negative is less than chance. NaN if chance alone would agree on everything.
   */
  public double kappa() {
    return kappa((row, column) -> row == column ? 0 : 1);
  }

  /**
   * Returns Cohen's kappa with disagreements weighted by the square of their distance in the order
   * of the labels, for grades on a scale.
   */
  public double weightedKappa() {
    return kappa((row, column) -> (double) (row - column) * (row - column));
  }

  @FunctionalInterface
  private interface Weight {
    double of(int row, int column);
  }

  private double kappa(Weight weight) {
    double observed = 0;
    double byChance = 0;
    long total = total();
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < counts.length; column++) {
        double chance =
            (double) expected(labels.get(row)) * given(labels.get(column)) / Math.max(total, 1);
        observed += weight.of(row, column) * counts[row][column];
        byChance += weight.of(row, column) * chance;
      }
    }
    return byChance == 0 ? Double.NaN : 1 - observed / byChance;
  }

  private int place(String label) {
    Integer place = places.get(label);
    if (place == null) {
      throw new IllegalArgumentException(
          "\"" + label + "\" is not one of the labels " + labels + ".");
    }
    return place;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfusionMatrix matrix
        && labels.equals(matrix.labels)
        && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return "ConfusionMatrix(" + labels + ", " + Arrays.deepToString(counts) + ")";
  }
}
