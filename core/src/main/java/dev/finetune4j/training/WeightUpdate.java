package dev.finetune4j.training;

import java.util.List;

/** Which weights change. */
public sealed interface WeightUpdate {

  /** Leaves the choice to the provider; hosted services do not disclose it. */
  static WeightUpdate providerChosen() {
    return new ProviderChosen();
  }

  /** Changes every weight. */
  static WeightUpdate full() {
    return new Full();
  }

  /**
   * Trains a LoRA adapter of {@code rank} on all linear layers, alpha twice the rank, no dropout.
   */
  static LowRank lowRank(int rank) {
    return new LowRank(rank, 2.0 * rank, 0, List.of());
  }

  /** The provider's choice. */
  record ProviderChosen() implements WeightUpdate {}

  /** Every weight. */
  record Full() implements WeightUpdate {}

  /**
   * A low-rank adapter (LoRA) beside frozen weights.
   *
   * @param rank the inner dimension, at least 1
   * @param alpha the adapter counts {@code alpha / rank}
   * @param dropout the share of the adapter's inputs that is dropped while training, 0 to below 1
   * @param targetModules the linear layers by their last name, for example {@code q_proj}; empty
   *     for all but the output head
   */
  record LowRank(int rank, double alpha, double dropout, List<String> targetModules)
      implements WeightUpdate {

    /** Checks the ranges. */
    public LowRank {
      targetModules = List.copyOf(targetModules);
      if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
        throw new IllegalArgumentException(
            "A low-rank update needs a rank of at least 1, an alpha above 0 and a dropout from 0 to below 1; got rank "
                + rank
                + ", alpha "
                + alpha
                + ", dropout "
                + dropout
                + ".");
      }
    }
  }
}
