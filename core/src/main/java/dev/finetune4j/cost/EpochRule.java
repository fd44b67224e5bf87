package dev.finetune4j.cost;

/**
 * How many epochs a hosted service is likely to choose when it is left to choose. This is the rule
 * of OpenAI's data-preparation notebook (openai/openai-cookbook, {@code
 * Chat_finetuning_data_prep.ipynb}); the services' own choice agrees with it only roughly.
 */
public final class EpochRule {
  private static final int TARGET_EPOCHS = 3;
  private static final long MINIMUM_TARGET_EXAMPLES = 100;
  private static final long MAXIMUM_TARGET_EXAMPLES = 25_000;
  private static final long MAXIMUM_EPOCHS = 25;

  private EpochRule() {}

  /**
   * Returns the epochs for a number of examples: 3, more for fewer than 34 examples (at most 25),
   * fewer for more than 8,333 (at least 1).
   *
   * @param examples at least 1
   */
  public static int epochsFor(long examples) {
    if (examples < 1) {
      throw new IllegalArgumentException("examples must be at least 1, was " + examples);
    }
    if (examples * TARGET_EPOCHS < MINIMUM_TARGET_EXAMPLES) {
      return (int) Math.min(MAXIMUM_EPOCHS, MINIMUM_TARGET_EXAMPLES / examples);
    }
    if (examples * TARGET_EPOCHS > MAXIMUM_TARGET_EXAMPLES) {
      return (int) Math.max(1, MAXIMUM_TARGET_EXAMPLES / examples);
    }
    return TARGET_EPOCHS;
  }
}
