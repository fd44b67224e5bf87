package dev.finetune4j.decision;

import dev.finetune4j.decision.Reason.Weight;
import java.util.Locale;

/** Says what the tuned model saves and from when on it pays. */
final class Economy {
  private final CostFigures costs;

  Economy(CostFigures costs) {
    this.costs = costs;
  }

  void explain(Decision.Draft draft) {
    tokens(draft);
    BreakEven breakEven = draft.breakEven;
    if (breakEven == null) {
      draft.add(
          Weight.NEUTRAL,
          "No break-even is worked out, since not all prices are known.",
          "costs.oneTime = " + costs.oneTime().map(Object::toString).orElse("unknown"));
      return;
    }
    boolean dearer = breakEven.savingPerThousandRequests().amount().signum() < 0;
    draft.add(
        breakEven.isReachable() ? Weight.FOR : Weight.AGAINST,
        breakEven.isReachable() ? pays(breakEven) : paysNever(breakEven, dearer),
        "breakEven.savingPerThousandRequests = " + breakEven.savingPerThousandRequests());
  }

  private static void tokens(Decision.Draft draft) {
    double tuned = draft.summary(draft.comparison.candidate()).tokensPerRequest();
    double baseline = draft.summary(draft.comparison.baseline()).tokensPerRequest();
    if (tuned == 0 || baseline == 0) {
      return;
    }
    draft.add(
        tuned < baseline ? Weight.FOR : Weight.NEUTRAL,
        String.format(
            Locale.ROOT,
            "A request takes %.0f tokens, with the best baseline %.0f.",
            tuned,
            baseline),
        String.format(Locale.ROOT, "alternatives.tokensPerRequest = %.1f", tuned));
  }

  private static String pays(BreakEven breakEven) {
    long requests = breakEven.requestsPerMonth().orElseThrow();
    String start =
        requests == 0
            ? "It costs no more than the baseline at any traffic"
            : "It is cheaper than the baseline from "
                + Figures.whole(requests)
                + " requests a month on, its one-time cost spread over "
                + breakEven.months()
                + " months";
    return breakEven.daysToPayBack().isPresent() && breakEven.daysToPayBack().getAsLong() > 0
        ? start
            + "; at the expected traffic that cost is back after "
            + Figures.whole(breakEven.daysToPayBack().getAsLong())
            + " days."
        : start + ".";
  }

  private static String paysNever(BreakEven breakEven, boolean dearer) {
    String perThousand =
        dearer
            ? "A thousand requests cost " + negated(breakEven) + " more than with the baseline"
            : "A request costs as much as with the baseline";
    return perThousand + ", so no traffic pays for it: only its quality can.";
  }

  private static String negated(BreakEven breakEven) {
    return breakEven.savingPerThousandRequests().times(-1).toString();
  }
}
