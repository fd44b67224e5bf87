package dev.finetune4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.evaluation.agreement.LabelledAnswer;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.internal.page.Block;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionReportTest {

  @Test
  void theVerdictComesFirstAndEverySectionIsPresent() {
    String html = full().html();

    assertThat(html.indexOf("class=\"headline\"")).isLessThan(html.indexOf("<h2>"));
    assertThat(html)
        .containsSubsequence(
            "<h2>Quality and cost</h2>",
            "Monthly cost in ",
            "<h2>Quality</h2>",
            "<h2>Slices of the test data</h2>",
            "language = German",
            "<h2>Answers side by side</h2>",
            "<summary>Differences:",
            "<h2>Judges compared with people</h2>",
            "<h2>Data</h2>",
            "<h2>Provenance</h2>",
            "<td class=\"words\" data-label=\"Setting\">Model</td>")
        .doesNotContain("<script");
  }

  @Test
  void wrongAnswersHighlightDifferentWords() {
    assertThat(full().html()).containsPattern("Order <del>\\d+</del><ins>\\d+</ins> left");
    assertThat(WordDiff.of("a b c", "a x c"))
        .containsExactly(
            new Block.Piece("a ", Block.Change.SAME),
            new Block.Piece("b", Block.Change.MISSING),
            new Block.Piece("x", Block.Change.ADDED),
            new Block.Piece(" c", Block.Change.SAME));
  }

  @Test
  void markdownHasTheSameSections() {
    assertThat(full().markdown())
        .containsSubsequence(
            "## Quality and cost", "## Slices of the test data", "## Judges compared with people");
  }

  @Test
  void aReportOfFiftyThousandSamplesStaysSmall() {
    List<EvaluationReport> reports = LargeDecision.reports(10_000);
    Decision decision = LargeDecision.decision(reports);

    String html = DecisionReport.builder(decision, reports).build().html();

    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isBetween(20_000, 500_000);
    assertThat(html).contains("the 200 largest");
  }

  @Test
  void aMissingReportIsRejected() {
    List<EvaluationReport> reports = LargeDecision.reports(50);
    Decision decision = LargeDecision.decision(reports);

    assertThatThrownBy(() -> DecisionReport.builder(decision, reports.subList(0, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The decision needs the report of \"tuned\", which is missing.");
  }

  static DecisionReport full() {
    List<EvaluationReport> reports = LargeDecision.reports(300);
    Decision decision = LargeDecision.decision(reports);
    PromptExample example = PromptExample.of(List.of(Message.user("1 + 1")), "2");
    Finding finding =
        new Finding(
            "duplicate",
            Severity.WARNING,
            ExampleLocation.line(7),
            "It is a copy of line 3.",
            "Remove one of them.");
    return DecisionReport.builder(decision, reports)
        .slices(decision.comparison().slices(Slicing.byTag("language")))
        .calibration(
            "exactness",
            JudgeCalibration.of(
                Graders.exact(),
                List.of(
                    LabelledAnswer.right(example, "2"),
                    LabelledAnswer.wrong(example, "3"),
                    LabelledAnswer.right(example, "two"))))
        .validation(new ValidationReport("large", 300, List.of(finding)))
        .fact("Model", "tiny-recipes")
        .build();
  }
}
