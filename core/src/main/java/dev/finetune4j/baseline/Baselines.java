package dev.finetune4j.baseline;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes the alternatives to fine-tuning that a team should measure first. Stateless. */
public final class Baselines {
  private static final long SEED = 20_261_122;

  private Baselines() {}

  /** Returns the base model asked as it is. */
  public static Baseline zeroShot() {
    return new PromptedBaseline("zero-shot", request -> List.of());
  }

  /**
   * Returns the base model shown the same {@code k} examples before each question, drawn from
   * {@code pool} with a fixed seed. Reads the pool at once and holds {@code k} examples; each
   * question costs their tokens.
   *
   * @throws IllegalArgumentException if the pool has fewer than {@code k} examples, or {@code k} is
   *     below 1
   */
  public static Baseline fewShot(Dataset<ChatExample> pool, int k) {
    return fewShot(pool, k, SEED);
  }

  /** Returns {@link #fewShot(Dataset, int)} with another draw. */
  public static Baseline fewShot(Dataset<ChatExample> pool, int k, long seed) {
    List<ChatExample> examples = read(pool, k);
    SplittableRandom random = new SplittableRandom(seed);
    List<ChatExample> drawn = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      drawn.add(examples.remove(random.nextInt(examples.size())));
    }
    return new PromptedBaseline("few-shot (" + k + ")", request -> drawn);
  }

  /**
   * Returns the base model shown, before each question, the {@code k} examples of {@code pool}
   * whose prompts share most words with it, the nearest last. Reads the pool at once and holds it
   * with an index; choosing takes no request.
   *
   * @throws IllegalArgumentException if the pool has fewer than {@code k} examples, or {@code k} is
   *     below 1
   */
  public static Baseline nearestFewShot(Dataset<ChatExample> pool, int k) {
    NearestExamples nearest = new NearestExamples(read(pool, k), k);
    return new PromptedBaseline("nearest few-shot (" + k + ")", nearest::to);
  }

  private static List<ChatExample> read(Dataset<ChatExample> pool, int k) {
    try (Stream<ChatExample> stream = pool.examples()) {
      List<ChatExample> examples = new ArrayList<>(stream.toList());
      if (k < 1 || examples.size() < k) {
        throw new IllegalArgumentException(
            "Cannot show "
                + k
                + " examples out of the "
                + examples.size()
                + " of \""
                + pool.name()
                + "\".");
      }
      return examples;
    }
  }
}
