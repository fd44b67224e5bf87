package dev.finetune4j.cost;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most that a run may have cost when its training ends: the limit is checked before the job is
 * created, against the upper estimate of training. Immutable and thread-safe.
 *
 * @param ceiling the most that a run may cost; empty for no limit
 */
public record Budget(Optional<Money> ceiling) {

  /** Returns a budget without a limit. */
  public static Budget unlimited() {
    return new Budget(Optional.empty());
  }

  /** Returns a budget of at most {@code ceiling}. */
  public static Budget of(Money ceiling) {
    return new Budget(Optional.of(ceiling));
  }

  /**
   * Refuses an estimate whose upper end, added to what was spent, lies above the ceiling; and an
   * unknown one, where there is a ceiling.
   *
   * @param estimate what is to be paid for; null if its cost is unknown
   * @param spent what the run has cost so far
   * @throws BudgetExceededException if it is refused; nothing was sent and nothing was paid
   */
  public void require(@Nullable CostEstimate estimate, Money spent) {
    if (ceiling.isEmpty()) {
      return;
    }
    if (estimate == null) {
      throw new BudgetExceededException(
          "The run has a ceiling of "
              + ceiling.get()
              + ", but the price of training is unknown."
              + " Provide a price book with this base model, or remove the ceiling.");
    }
    Money total = spent.plus(estimate.high());
    if (total.compareTo(ceiling.get()) > 0) {
      throw new BudgetExceededException(
          "Training would cost up to "
              + estimate.high()
              + " ("
              + total
              + " including what was spent), above the ceiling of "
              + ceiling.get()
              + ". Use less data, fewer epochs or a cheaper base model, or start another run with"
              + " a higher ceiling.");
    }
  }

  /** Returns whether {@code spent} lies above the ceiling. */
  public boolean isExceededBy(Money spent) {
    return ceiling.isPresent() && spent.compareTo(ceiling.get()) > 0;
  }
}
