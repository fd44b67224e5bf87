package dev.finetune4j.inference;

import java.util.List;
import java.util.Objects;

/**
 * The vectors of some texts. The vectors are not copied; do not modify them.
 *
 * @param vectors one vector for each text, in their order, all of one length
 * @param usage the tokens that it took; {@link TokenUsage#NONE} if the model does not say
 */
public record Embeddings(List<float[]> vectors, TokenUsage usage) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the vectors are not of one length
   */
  public Embeddings {
    vectors = List.copyOf(vectors);
    Objects.requireNonNull(usage, "usage");
    if (vectors.stream().mapToInt(vector -> vector.length).distinct().count() > 1) {
      throw new IllegalArgumentException("All vectors must have the same length.");
    }
  }

  /** Returns vectors that took no tokens, or none reported. */
  public static Embeddings of(List<float[]> vectors) {
    return new Embeddings(vectors, TokenUsage.NONE);
  }

  /**
   * Returns the cosine of the angle between the vectors at two places, from -1 to 1: 1 is the same
   * direction; 0 where one of them is all zeros.
   */
  public double cosine(int first, int second) {
    return cosine(vectors.get(first), vectors.get(second));
  }

  /**
   * Returns the cosine of the angle between two vectors.
   *
   * @throws IllegalArgumentException if they are not of one length
   */
  public static double cosine(float[] first, float[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "A vector of "
              + first.length
              + " numbers cannot be compared with one of "
              + second.length
              + ": they come from different models.");
    }
    double product = 0;
    double squaresOfFirst = 0;
    double squaresOfSecond = 0;
    for (int i = 0; i < first.length; i++) {
      product += (double) first[i] * second[i];
      squaresOfFirst += (double) first[i] * first[i];
      squaresOfSecond += (double) second[i] * second[i];
    }
    double lengths = Math.sqrt(squaresOfFirst * squaresOfSecond);
    return lengths == 0 ? 0 : product / lengths;
  }
}
