package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.Reason.Weight;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Slice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Checks what rules out the tuned model regardless of its gain: cost, lifetime and regressions. */
final class PolicyLimits {
  private final DecisionDraft draft;
  private final DecisionPolicy policy;
  private boolean forbidden;

  PolicyLimits(DecisionDraft draft) {
    this.draft = draft;
    policy = draft.evidence.policy();
  }

  /** Adds the reasons and returns whether one of them rules out the tuned model. */
  boolean forbid() {
    oneTimeCost();
    runningCost();
    payBack();
    lifetime();
    draft.evidence.others().forEach(this::grader);
    slices();
    return forbidden;
  }

  private void oneTimeCost() {
    Optional<Money> limit = policy.maximumOneTimeCost();
    Optional<Money> cost = draft.evidence.costs().oneTime();
    if (limit.isPresent() && cost.isPresent() && cost.get().compareTo(limit.get()) > 0) {
      against(
          "The one-time cost is %s; the policy allows %s.".formatted(cost.get(), limit.get()),
          "costs.oneTime = " + cost.get());
    }
  }

  private void runningCost() {
    AlternativeSummary tuned = draft.tuned();
    policy
        .maximumPerThousandRequests()
        .ifPresent(limit -> most("A thousand requests cost", tuned.perThousandRequests(), limit));
    OptionalLong traffic = draft.scenario.requestsPerMonth();
    Optional<Money> month =
        traffic.isPresent() ? tuned.perMonth(traffic.getAsLong()) : tuned.monthly();
    policy
        .maximumMonthlyCost()
        .ifPresent(limit -> most("A month at the expected traffic costs", month, limit));
  }

  private void most(String what, Optional<Money> cost, Money limit) {
    String figure = "alternatives." + draft.tuned().name() + " = ";
    if (cost.isEmpty()) {
      draft.add(
          Weight.NEUTRAL,
          what + " an unknown amount, so the limit of " + limit + " cannot be checked.",
          figure + "unknown");
    } else if (cost.get().compareTo(limit) > 0) {
      against(what + " " + cost.get() + "; the policy allows " + limit + ".", figure + cost.get());
    }
  }

  private void payBack() {
    BreakEven breakEven = draft.breakEven;
    if (!policy.mustPayBack() || breakEven == null) {
      return;
    }
    OptionalLong traffic = draft.scenario.requestsPerMonth();
    String figure =
        "breakEven.requestsPerMonth = "
            + (breakEven.isReachable() ? breakEven.requestsPerMonth().getAsLong() : "never");
    if (!breakEven.isReachable()) {
      against("The policy requires it to be cheaper, but it is not at any traffic.", figure);
    } else if (traffic.isPresent()
        && traffic.getAsLong() < breakEven.requestsPerMonth().getAsLong()) {
      against(
          "The policy requires it to be cheaper, but "
              + Figures.whole(traffic.getAsLong())
              + " requests a month are too few.",
          figure);
    }
  }

  private void lifetime() {
    if (draft.scenario.remainingDays().isEmpty()) {
      return;
    }
    long days = draft.scenario.remainingDays().getAsLong();
    boolean tooShort = days < policy.minimumLifetimeDays();
    String sentence =
        days < 0
            ? "The base model was retired " + -days + " days ago"
            : "The base model is available for another " + days + " days";
    String figure = "decision.remainingDays = " + days;
    if (!tooShort) {
      draft.add(Weight.NEUTRAL, sentence + ".", figure);
    } else if (days < 0) {
      against(sentence + ".", figure);
    } else {
      against(
          sentence + "; the policy requires " + policy.minimumLifetimeDays() + " days.", figure);
    }
  }

  private void grader(Comparison other) {
    boolean worse = isWorse(other);
    String sentence =
        String.format(
            Locale.ROOT,
            "By \"%s\" it is %s the baseline (%+.1f points, p %s).",
            other.grader(),
            worse ? "significantly worse than" : "not significantly worse than",
            100 * other.difference(),
            Figures.probability(other.adjustedPValue()));
    String figure =
        "comparison[" + other.grader() + "].difference = " + Figures.plain(other.difference());
    if (worse) {
      against(sentence, figure);
    } else {
      draft.add(Weight.NEUTRAL, sentence, figure);
    }
  }

  private void slices() {
    List<Slice> slices = draft.evidence.slices();
    List<Slice> worse = slices.stream().filter(it -> isWorse(it.comparison())).toList();
    for (Slice slice : worse) {
      Comparison part = slice.comparison();
      against(
          String.format(
              Locale.ROOT,
              "On the %d samples with %s it is significantly worse than the baseline (%+.1f"
                  + " points, p %s).",
              part.pairs(),
              slice.title(),
              100 * part.difference(),
              Figures.probability(part.adjustedPValue())),
          "slice[" + slice.title() + "].difference = " + Figures.plain(part.difference()));
    }
    if (worse.isEmpty() && !slices.isEmpty()) {
      draft.add(
          Weight.NEUTRAL,
          "It is not significantly worse than the baseline on any of " + slices.size() + " slices.",
          "slices.worse = 0");
    }
  }

  private boolean isWorse(Comparison part) {
    return part.difference() < 0 && part.adjustedPValue() <= policy.significanceLevel();
  }

  private void against(String sentence, String figure) {
    forbidden = true;
    draft.decide(Weight.AGAINST, sentence, figure);
  }
}
