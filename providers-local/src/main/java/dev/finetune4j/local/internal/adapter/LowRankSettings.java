package dev.finetune4j.local.internal.adapter;

import dev.finetune4j.local.internal.decoder.ParameterNames;
import java.util.Set;

/**
 * Which linear layers get a low-rank update, and of what kind. Immutable.
 *
 * @param rank rows of the narrow matrix
 * @param alpha the update is scaled by alpha divided by the rank
 * @param dropout the share of its inputs set to zero while training, from 0 to below 1
 * @param modules the last part of the layers' names, for example q_proj
 */
public record LowRankSettings(int rank, double alpha, double dropout, Set<String> modules) {
  /** Checks the ranges and the names. */
  public LowRankSettings {
    modules = Set.copyOf(modules);
    if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "a low-rank update needs rank >= 1, alpha > 0 and dropout in [0, 1), not "
              + rank
              + ", "
              + alpha
              + ", "
              + dropout);
    }
    if (modules.isEmpty() || !ParameterNames.linearModules().containsAll(modules)) {
      throw new IllegalArgumentException(
          "low-rank updates apply to " + ParameterNames.linearModules() + ", not to " + modules);
    }
  }

  /** Updates on every linear layer of the blocks. */
  public static LowRankSettings allLinear(int rank, double alpha, double dropout) {
    return new LowRankSettings(rank, alpha, dropout, ParameterNames.linearModules());
  }

  /** What an update is multiplied by. */
  public double scale() {
    return alpha / rank;
  }
}
