package dev.finetune4j.report;

import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.BreakEven;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forecast and actual cost, and the break-even. */
final class CostSection {
  private CostSection() {}

  static Page.Section of(WorkflowResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            List.of("Item", "#Forecast", "#Actual"),
            result.ledger().entries().stream().map(CostSection::row).toList()));
    result.estimate().ifPresent(estimate -> blocks.addAll(estimate(estimate)));
    if (result.estimate().isEmpty()) {
      blocks.add(
          new Block.Paragraph(
              "There is no forecast because the price of training this base model is unknown."));
    }
    result.decision().breakEven().ifPresent(it -> blocks.add(new Block.KeyFigures(figures(it))));
    return new Page.Section("Cost: forecast and actual", blocks);
  }

  /** Returns the actual cost; empty if it is unknown for every item. */
  static Optional<Money> spent(WorkflowResult result) {
    boolean known =
        result.ledger().entries().stream().anyMatch(entry -> entry.actual().isPresent());
    return known ? Optional.of(result.ledger().spent()) : Optional.empty();
  }

  /** Returns the forecast cost; empty without a forecast for any item. */
  static Optional<Money> forecast(WorkflowResult result) {
    boolean known =
        result.ledger().entries().stream().anyMatch(entry -> entry.estimated().isPresent());
    return known ? Optional.of(result.ledger().forecast()) : Optional.empty();
  }

  private static List<String> row(LedgerEntry entry) {
    return List.of(entry.what(), Numbers.money(entry.estimated()), Numbers.money(entry.actual()));
  }

  private static List<Block> estimate(CostEstimate estimate) {
    String range =
        estimate.low().equals(estimate.high())
            ? estimate.high().toString()
            : estimate.low() + " to " + estimate.high();
    return List.of(
        new Block.Paragraph(
            "The forecast for training was %s for %s trained tokens in %s, with prices as of %s."
                .formatted(
                    range,
                    Numbers.whole(estimate.trainedTokens()),
                    Numbers.count(estimate.epochs(), "epoch"),
                    estimate.pricesAsOf())),
        new Block.Bullets(
            estimate.assumptions().stream()
                .map(text -> new Block.Bullet(Block.Tone.PLAIN, "Assumed", text, ""))
                .toList()));
  }

  private static List<Block.KeyFigure> figures(BreakEven breakEven) {
    return List.of(
        new Block.KeyFigure(
            "Saved per 1,000 requests", breakEven.savingPerThousandRequests().toString(), ""),
        new Block.KeyFigure(
            "Fixed cost per month",
            breakEven.fixedPerMonth().toString(),
            "hosting and the one-time cost over " + Numbers.count(breakEven.months(), "month")),
        new Block.KeyFigure(
            "Break-even",
            breakEven.requestsPerMonth().isPresent()
                ? Numbers.whole(breakEven.requestsPerMonth().getAsLong())
                : "never",
            "requests a month"),
        new Block.KeyFigure(
            "Paid back after",
            breakEven.daysToPayBack().isPresent()
                ? Numbers.count(breakEven.daysToPayBack().getAsLong(), "day")
                : "unknown",
            "at the expected traffic"));
  }
}
