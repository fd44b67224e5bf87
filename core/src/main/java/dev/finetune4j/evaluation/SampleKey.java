package dev.finetune4j.evaluation;

import java.util.Comparator;

/**
 * Which sample of an evaluation: what pairs the samples of two alternatives. Ordered by the place
 * in the data set, then by repetition.
 *
 * @param index the place of the example in the data set, from 0
 * @param repetition which of the answers to the same example, from 0
 */
public record SampleKey(long index, int repetition) implements Comparable<SampleKey> {
  private static final Comparator<SampleKey> ORDER =
      Comparator.comparingLong(SampleKey::index).thenComparingInt(SampleKey::repetition);

  /** Refuses places before the first. */
  public SampleKey {
    if (index < 0 || repetition < 0) {
      throw new IllegalArgumentException(
          "Places are counted from 0, not " + index + " and " + repetition + ".");
    }
  }

  @Override
  public int compareTo(SampleKey other) {
    return ORDER.compare(this, other);
  }
}
