package dev.finetune4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.decision.CostFigures;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.DecisionMaker;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.MeasuredReports;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.TokenUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of reports that were seen from outside; each test names the row. */
final class ReportFaultsTest {
  private static final DecisionPolicy POLICY =
      DecisionPolicy.builder("exact").minimumGainPoints(5).build();
  private static final String LONG = "wrong word ".repeat(400).strip();

  @Test
  void theReasonOfTheGraderStandsBesideTheAnswerR1() {
    String page = page(POLICY, answering("tuned", "no", "Another order."), right("base", 20));

    assertThat(page).contains("Another order.");
  }

  @Test
  void theBannerSaysWhyAModelThatIsBetterIsNotUsedR3() {
    List<EvaluationReport> reports = List.of(wrong("base", 30), right("tuned", 30));
    DecisionPolicy cheap =
        DecisionPolicy.builder("exact").maximumPerThousandRequests(Money.dollars("0.01")).build();
    Decision decision =
        DecisionMaker.under(cheap)
            .baseline(reports.get(0))
            .tuned(reports.get(1))
            .costs(
                CostFigures.builder()
                    .price("tuned", new InferencePrice(Money.dollars("3"), Money.dollars("12")))
                    .price("base", new InferencePrice(Money.dollars("3"), Money.dollars("12")))
                    .build())
            .decide();

    String page = DecisionReport.builder(decision, reports).build().html();

    assertThat(decision.verdict()).isEqualTo(Verdict.KEEP_BASELINE);
    assertThat(banner(page))
        .contains("No: keep &quot;base&quot;.", "A thousand requests cost 0.54 USD; the policy")
        .doesNotContain("does not meet the policy");
    assertThat(page).doesNotContain("KEEP_BASELINE", "FINE_TUNE", "NOT_ENOUGH_EVIDENCE");
  }

  @Test
  void theBannerSaysThatTheGainIsTooSmallR3() {
    String page = page(POLICY, right("tuned", 400), right("base", 400));

    assertThat(banner(page)).contains("Even the upper end of the interval is below the 5.0 points");
  }

  @Test
  void theMarkOfACutIsNotPartOfTheDifferenceR4() {
    String page = page(POLICY, answering("tuned", LONG, "Wrong."), right("base", 20));

    assertThat(page).containsPattern("… \\[\\d+ more characters\\]");
    assertThat(page).doesNotContainPattern("<(ins|del)>[^<]*more characters");
  }

  @Test
  void fiftyAlternativesShowTheBestFewR6() {
    EvaluationReport tuned = right("tuned", 40);
    List<EvaluationReport> all = new ArrayList<>();
    for (int i = 0; i < 49; i++) {
      all.add(MeasuredReports.passing("base " + i, "1".repeat(i % 40) + "0".repeat(40 - i % 40)));
    }
    EvaluationReport[] baselines = all.toArray(EvaluationReport[]::new);

    String page = page(POLICY, tuned, baselines);

    assertThat(page).contains("the best 8 of 50");
    // Twice for each width: in the plot and its legend, and in the chart of scores.
    assertThat(count(page, "<circle class=\"mark-(first|second)\"")).isEqualTo(2 * (8 + 8 + 7));
    assertThat(page).contains(">base 39<").contains(">base 0<");
    assertThat(count(page, "answer of base \\d+")).isLessThanOrEqualTo(11 * 7);
  }

  @Test
  void nothingIsPromisedWhereNothingWasMeasuredR7() {
    String page = page(POLICY, unanswered("tuned", 10, 10), right("base", 10));

    assertThat(banner(page))
        .contains("Undecided: too many samples have no grade.", "10 x HTTP 500")
        .doesNotContain("test examples");
    assertThat(page).contains("nothing was compared").doesNotContain("would probably settle");
  }

  @Test
  void samplesWithoutAGradeAreListedByAlternativeAndReasonAndAreNoLossesD1() {
    String page = page(POLICY, unanswered("tuned", 20, 5), right("base", 20));

    assertThat(page)
        .contains("Samples without a grade")
        .containsPattern("(?s)>tuned</td>.{1,80}>HTTP 500</td>.{1,80}>5</td>.{1,80}>25.0 %</td>")
        .contains("0 better, 0 worse, 0 both wrong, 15 both right, 5 not compared")
        .doesNotContain("Worse than the baseline");
  }

  @Test
  void formulasAreQuotedForSpreadsheetsR8(@TempDir Path folder) throws Exception {
    List<EvaluationReport> reports = List.of(answering("a", "=HYPERLINK(\"x\")", "-1 point"));

    SampleTable.writeSpreadsheetCsv(folder.resolve("s.csv"), reports);
    SampleTable.writeCsv(folder.resolve("raw.csv"), reports);

    assertThat(Files.readString(folder.resolve("s.csv")))
        .contains("\"'=HYPERLINK(\"\"x\"\")\"", ",'-1 point,")
        .doesNotContain(",=", ",\"=");
    assertThat(Files.readString(folder.resolve("raw.csv"))).contains(",\"=HYPERLINK(\"\"x\"\")\"");
  }

  @Test
  void chartsWithoutAFigureAreLeftOut() {
    double[] none = new double[20];
    EvaluationReport tuned = MeasuredReports.scoring("tuned", TokenUsage.NONE, none);
    EvaluationReport base = MeasuredReports.scoring("base", TokenUsage.NONE, none);

    assertThat(page(POLICY, tuned, base)).doesNotContain("<svg");
  }

  @Test
  void theIntervalIsTheSameInFigureSentenceAndReason() {
    EvaluationReport tuned = MeasuredReports.passing("tuned", "1".repeat(60) + "0".repeat(40));
    EvaluationReport first = MeasuredReports.passing("one", "0".repeat(20) + "10".repeat(40));
    EvaluationReport second = MeasuredReports.passing("two", "01".repeat(50));
    Decision decision =
        DecisionMaker.under(POLICY).baselines(List.of(first, second)).tuned(tuned).decide();

    String page = DecisionReport.builder(decision, List.of(first, second, tuned)).build().html();

    assertThat(decision.interval()).isNotEqualTo(decision.comparison().interval());
    assertThat(page).doesNotContain(Numbers.range(decision.comparison().interval()));
    assertThat(count(page, Pattern.quote(Numbers.range(decision.interval()) + ", corrected")))
        .isEqualTo(3);
  }

  @Test
  void conclusionsThatWereNotPlannedAreMarked() {
    List<EvaluationReport> reports = LargeDecision.reports(300);
    Decision decision = LargeDecision.decision(reports);

    String page =
        DecisionReport.builder(decision, reports)
            .planned(StudyPlan.of(decision.policy(), 400, 4))
            .slices(decision.comparison().slices(Slicing.byTag("language")))
            .build()
            .markdown();

    assertThat(page)
        .contains("## What was planned", "Planned: 400 test examples")
        .contains("Compared were 300 of the 400 planned examples")
        .containsPattern("the gain by \"exact\" \\| yes \\| use the tuned model")
        .containsPattern(
            "a difference on language \\\\?= German \\| no: confirm it on new test data \\| a hint only");
  }

  private static String banner(String page) {
    int from = page.indexOf("class=\"headline\"");
    return page.substring(from, page.indexOf("</div>", from));
  }

  private static long count(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().count();
  }

  private static String page(
      DecisionPolicy policy, EvaluationReport tuned, EvaluationReport... baselines) {
    Decision decision =
        DecisionMaker.under(policy).baselines(List.of(baselines)).tuned(tuned).decide();
    List<EvaluationReport> all = new ArrayList<>(List.of(baselines));
    all.add(tuned);
    return DecisionReport.builder(decision, all).build().html();
  }

  private static EvaluationReport right(String name, int samples) {
    return MeasuredReports.passing(name, "1".repeat(samples));
  }

  private static EvaluationReport wrong(String name, int samples) {
    return MeasuredReports.passing(name, "0".repeat(samples));
  }

  private static EvaluationReport answering(String name, String answer, String reason) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes, test", MeasuredReports.FINGERPRINT)
            .grader("exact");
    for (int i = 0; i < 20; i++) {
      report.sample(
          SampleResult.builder(i)
              .prompt("question")
              .reference("expected words ".repeat(80))
              .answer(answer)
              .grade("exact", Grade.fail(reason))
              .build());
    }
    return report.build();
  }

  private static EvaluationReport unanswered(String name, int samples, int missing) {
    EvaluationReport.Builder report =
        EvaluationReport.builder(name)
            .dataset("recipes, test", MeasuredReports.FINGERPRINT)
            .grader("exact");
    for (int i = 0; i < samples; i++) {
      SampleResult.Builder sample = SampleResult.builder(i).prompt("question").reference("a");
      report.sample(
          i < missing
              ? sample.failure("HTTP 500").build()
              : sample.answer("a").grade("exact", Grade.pass()).build());
    }
    return report.build();
  }
}
