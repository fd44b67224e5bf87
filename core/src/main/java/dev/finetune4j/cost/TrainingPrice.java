package dev.finetune4j.cost;

/** How a provider charges for training. */
public sealed interface TrainingPrice {

  /**
   * By the token trained on, each counted once per epoch.
   *
   * @param price for a million tokens
   */
  record PerMillionTokens(Money price) implements TrainingPrice {}

  /**
   * By the hour of a machine.
   *
   * @param price for an hour
   * @param assumedTokensPerSecond how fast it is taken to train; above 0
   */
  record PerHour(Money price, double assumedTokensPerSecond) implements TrainingPrice {

    /** Checks the speed. */
    public PerHour {
      if (!(assumedTokensPerSecond > 0)) {
        throw new IllegalArgumentException(
            "assumedTokensPerSecond must be above 0, was " + assumedTokensPerSecond);
      }
    }
  }

  /**
   * Not at all.
   *
   * @param reason why, as an assumption of the estimate
   */
  record Free(String reason) implements TrainingPrice {}
}
