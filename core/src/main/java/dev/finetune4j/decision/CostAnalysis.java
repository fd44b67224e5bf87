package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.Reason.Weight;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Adds the reasons about the tuned model's running costs and break-even. */
final class CostAnalysis {
  private final DecisionDraft draft;

  CostAnalysis(DecisionDraft draft) {
    this.draft = draft;
  }

  void explain() {
    tokens();
    items();
    BreakEven breakEven = draft.breakEven;
    if (breakEven == null) {
      draft.add(
          Weight.NEUTRAL,
          "The break-even is unknown because not all prices are known.",
          oneTimeFigure());
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
            "A request takes %.0f tokens, compared with %.0f for the best baseline.",
            tuned,
            baseline),
        String.format(Locale.ROOT, "alternatives.tokensPerRequest = %.1f", tuned));
  }

  /** Lists the items of the one-time cost if there is more than the training. */
  private void items() {
    Map<String, Money> items = draft.evidence.costs().oneTimeItems();
    if (items.size() < 2) {
      return;
    }
    draft.add(
        Weight.NEUTRAL,
        items.entrySet().stream()
            .map(item -> item.getKey() + " " + item.getValue())
            .collect(Collectors.joining(", ", "One-time costs: ", ".")),
        oneTimeFigure());
  }

  private static String pays(BreakEven breakEven) {
    long requests = breakEven.requestsPerMonth().orElseThrow();
    String start =
        requests == 0
            ? "It costs no more than the baseline at any traffic"
            : String.format(
                "It is cheaper than the baseline from %s requests a month, with its one-time cost"
                    + " spread over %s months",
                Figures.whole(requests), breakEven.months());
    OptionalLong days = breakEven.daysToPayBack();
    return days.isEmpty() || days.getAsLong() == 0
        ? start + "."
        : "%s; at the expected traffic that cost is recovered after %s days."
            .formatted(start, Figures.whole(days.getAsLong()));
  }

  private static String paysNever(BreakEven breakEven, boolean dearer) {
    String perThousand =
        dearer
            ? "A thousand requests cost %s more than with the baseline"
                .formatted(breakEven.savingPerThousandRequests().times(-1))
            : "A request costs as much as with the baseline";
    return perThousand + ", so it never pays back; only its quality can justify it.";
  }

  private String oneTimeFigure() {
    return "costs.oneTime = "
        + draft.evidence.costs().oneTime().map(Object::toString).orElse("unknown");
  }
}
