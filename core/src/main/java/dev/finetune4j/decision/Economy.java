package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.Reason.Weight;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what the tuned model saves and from when on it pays. */
final class Economy {
  private final Draft draft;

  Economy(Draft draft) {
    this.draft = draft;
  }

  void explain() {
    tokens();
    items();
    BreakEven breakEven = draft.breakEven;
    if (breakEven == null) {
      draft.add(
          Weight.NEUTRAL,
          "No break-even is worked out, since not all prices are known.",
          "costs.oneTime = "
              + draft.measured.costs().oneTime().map(Object::toString).orElse("unknown"));
      return;
    }
    boolean dearer = breakEven.savingPerThousandRequests().amount().signum() < 0;
    draft.add(
        breakEven.isReachable() ? Weight.FOR : Weight.AGAINST,
        breakEven.isReachable() ? pays(breakEven) : paysNever(breakEven, dearer),
        "breakEven.savingPerThousandRequests = " + breakEven.savingPerThousandRequests());
  }

  private void tokens() {
    double tuned = draft.tuned().tokensPerRequest();
    double baseline = draft.baseline().tokensPerRequest();
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

  /** Says what the one-time cost is made of where it is more than the training. */
  private void items() {
    Map<String, Money> items = draft.measured.costs().oneTimeItems();
    if (items.size() < 2) {
      return;
    }
    draft.add(
        Weight.NEUTRAL,
        items.entrySet().stream()
            .map(item -> item.getKey() + " " + item.getValue())
            .collect(Collectors.joining(", ", "Paid once: ", ".")),
        "costs.oneTime = "
            + draft.measured.costs().oneTime().map(Object::toString).orElse("unknown"));
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
