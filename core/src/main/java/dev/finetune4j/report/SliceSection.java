package dev.finetune4j.report;

import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import java.util.List;

/** How two alternatives do on parts of the test data, each with its own uncertainty. */
final class SliceSection {
  private static final int MOST_ROWS = 60;

  private SliceSection() {}

  static Page.Section of(List<Slice> slices) {
    Comparison first = slices.get(0).comparison();
    String intro =
        "\""
            + first.candidate()
            + "\" against \""
            + first.baseline()
            + "\" by \""
            + first.grader()
            + "\" on each part of the test data. The p-values are corrected for looking at "
            + Numbers.count(slices.size(), "part")
            + "; small parts show little."
            + (slices.size() > MOST_ROWS ? " The first " + MOST_ROWS + " are shown." : "");
    return new Page.Section(
        "Parts of the test data",
        List.of(
            new Block.Paragraph(intro),
            new Block.Table(
                List.of(
                    "Part", "#Samples", "#Candidate", "#Baseline", "#Difference", "#Corrected p"),
                slices.stream().limit(MOST_ROWS).map(SliceSection::row).toList())));
  }

  private static List<String> row(Slice slice) {
    Comparison comparison = slice.comparison();
    return List.of(
        slice.title(),
        Numbers.whole(comparison.pairs()),
        Numbers.percent(slice.candidate().mean())
            + " ("
            + Numbers.range(slice.candidate().meanInterval())
            + ")",
        Numbers.percent(slice.baseline().mean())
            + " ("
            + Numbers.range(slice.baseline().meanInterval())
            + ")",
        Numbers.points(comparison.difference()) + " (" + Numbers.range(comparison.interval()) + ")",
        Numbers.probability(comparison.adjustedPValue()));
  }
}
