package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import java.util.Locale;
import java.util.Optional;

/**
 * What forbids the tuned model whatever its gain: its price, its lifetime, what it got worse at.
 */
final class Limits {
  private final DecisionPolicy policy;
  private final CostFigures costs;

  Limits(DecisionPolicy policy, CostFigures costs) {
    this.policy = policy;
    this.costs = costs;
  }

  /** Adds the reasons and returns whether one of them forbids the tuned model. */
  boolean explain(Decision.Draft draft) {
    boolean tooDear = tooDear(draft);
    boolean tooShort = tooShort(draft);
    boolean worse = false;
    for (Comparison other : draft.otherComparisons) {
      worse |= worse(draft, other);
    }
    return tooDear || tooShort || worse;
  }

  private boolean tooDear(Decision.Draft draft) {
    Optional<Money> limit = policy.maximumOneTimeCost();
    Optional<Money> cost = costs.oneTime();
    if (limit.isEmpty() || cost.isEmpty() || cost.get().compareTo(limit.get()) <= 0) {
      return false;
    }
    draft.add(
        Weight.AGAINST,
        "Making it cost " + cost.get() + ", and the policy allows " + limit.get() + ".",
        "costs.oneTime = " + cost.get());
    return true;
  }

  private boolean tooShort(Decision.Draft draft) {
    if (draft.remainingDays.isEmpty()) {
      return false;
    }
    long days = draft.remainingDays.getAsLong();
    boolean tooShort = days < policy.minimumLifetimeDays();
    String sentence =
        days < 0
            ? "The base model stopped answering " + -days + " days ago."
            : "The base model answers for another " + days + " days.";
    draft.add(
        tooShort ? Weight.AGAINST : Weight.NEUTRAL, sentence, "decision.remainingDays = " + days);
    return tooShort;
  }

  private boolean worse(Decision.Draft draft, Comparison other) {
    boolean worse = other.difference() < 0 && other.pValue() <= policy.significanceLevel();
    String sentence =
        String.format(
            Locale.ROOT,
            "By \"%s\" it is %s the baseline (%+.1f points, p %s).",
            other.grader(),
            worse ? "worse than" : "not shown to be worse than",
            100 * other.difference(),
            Figures.probability(other.pValue()));
    draft.add(
        worse ? Weight.AGAINST : Weight.NEUTRAL,
        sentence,
        "comparison[" + other.grader() + "].difference = " + Figures.plain(other.difference()));
    return worse;
  }
}
