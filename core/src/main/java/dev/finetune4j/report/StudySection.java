package dev.finetune4j.report;

import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import java.util.ArrayList;
import java.util.List;

/** What was planned before the job, and which conclusions were not. */
final class StudySection {
  private StudySection() {}

  static Page.Section of(
      StudyPlan study, Decision decision, EvaluationReport tuned, List<Slice> unplanned) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(String.join(" ", study.sentences())));
    long compared = decision.comparison().examples();
    if (compared != study.testExamples()) {
      blocks.add(
          new Block.Paragraph(
              "Compared were %s of the %s planned examples."
                  .formatted(Numbers.whole(compared), Numbers.whole(study.testExamples()))));
    }
    blocks.add(
        new Block.Table(
            List.of("Conclusion", "Planned", "Result"), rows(study, decision, tuned, unplanned)));
    return new Page.Section("What was planned", blocks);
  }

  private static List<List<String>> rows(
      StudyPlan study, Decision decision, EvaluationReport tuned, List<Slice> unplanned) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "the gain by \"" + decision.policy().grader() + "\"",
            planned(study.grader().equals(decision.policy().grader())),
            decision.verdict().words()));
    for (Comparison other : decision.otherComparisons()) {
      rows.add(
          List.of(
              "no loss by \"" + other.grader() + "\"",
              planned(study.isPlanned(other.grader())),
              difference(other)));
    }
    for (Slice slice : decision.slices()) {
      rows.add(
          List.of(
              "no loss on " + slice.title(),
              planned(
                  study.mustNotRegressOn().stream()
                      .anyMatch(name -> slice.title().startsWith(name))),
              difference(slice.comparison())));
    }
    tuned.graders().stream()
        .filter(grader -> !decision.policy().grader().equals(grader))
        .filter(grader -> !decision.policy().mustNotRegress().contains(grader))
        .forEach(
            grader ->
                rows.add(
                    List.of("a difference by \"" + grader + "\"", planned(false), "a hint only")));
    unplanned.forEach(
        slice ->
            rows.add(List.of("a difference on " + slice.title(), planned(false), "a hint only")));
    return rows;
  }

  private static String planned(boolean isPlanned) {
    return isPlanned ? "yes" : "no: confirm it on new test data";
  }

  private static String difference(Comparison comparison) {
    return Numbers.points(comparison.difference())
        + " points, p "
        + Numbers.probability(comparison.adjustedPValue());
  }
}
