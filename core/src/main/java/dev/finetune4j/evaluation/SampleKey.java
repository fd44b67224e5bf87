package dev.finetune4j.evaluation;

import java.util.Comparator;

/**
 * Identifies a sample of an evaluation and pairs it with the same sample of another evaluation.
 * Ordered by position in the data set, then by repetition.
 *
 * @param index the position of the example in the data set, from 0
 * @param repetition the number of the answer among those to the same example, from 0
 */
public record SampleKey(long index, int repetition) implements Comparable<SampleKey> {
  private static final Comparator<SampleKey> ORDER =
      Comparator.comparingLong(SampleKey::index).thenComparingInt(SampleKey::repetition);

  /** Checks that neither number is negative. */
  public SampleKey {
    if (index < 0 || repetition < 0) {
      throw new IllegalArgumentException(
          "index and repetition must be 0 or more, were " + index + " and " + repetition + ".");
    }
  }

  @Override
  public int compareTo(SampleKey other) {
    return ORDER.compare(this, other);
  }
}
