package dev.finetune4j.exchange.openaievals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.exchange.ExchangeFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of reading OpenAI Evals that were seen from outside; each test names the row. */
final class OpenAiEvalsFaultsTest {

  @Test
  void runsOverOtherItemsAreNotComparedO1() {
    OpenAiEvalsExport export =
        parse(
            line("A", 0, "\"input\":\"one\"", "m", true)
                + line("B", 0, "\"input\":\"two\"", "m", false));
    List<EvaluationReport> reports = export.reports();

    assertThat(export.findings()).extracting(ExchangeFinding::rule).contains("other-items");
    assertThatThrownBy(() -> reports.get(0).comparedTo(reports.get(1), "m"))
        .hasMessageContaining("were not measured on the same samples");
  }

  @Test
  void aVerdictWithoutAGradeIsAScoreO3() {
    String without = "\"grades\":{},\"passes\":{\"m\":%s}}\n";
    String start = "{\"run_id\":\"%s\",\"data_source_idx\":0,\"item\":{\"input\":\"q\"},";
    List<EvaluationReport> reports =
        parse(
                start.formatted("A")
                    + without.formatted(true)
                    + start.formatted("B")
                    + without.formatted(false))
            .reports();

    assertThat(reports.get(0).comparedTo(reports.get(1), "m").difference()).isEqualTo(1);
  }

  @Test
  void anInputThatIsAListIsAConversationO5() {
    String item =
        "\"input\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"hi\"}],"
            + "\"ideal\":\"secret\"";

    String prompt =
        parse(line("A", 0, item, "m", true))
            .dataset()
            .examples()
            .findFirst()
            .orElseThrow()
            .prompt()
            .toString();

    assertThat(prompt).contains("hi").doesNotContain("secret");
  }

  @Test
  void repetitionsAreKeptAndErrorsAreFailures() {
    String failed =
        "{\"run_id\":\"A\",\"data_source_idx\":0,\"item\":{\"input\":\"q\"},\"sample\":{\"error\":"
            + "{\"message\":\"down\"}},\"grades\":{\"m\":0},\"passes\":{\"m\":false}}\n";
    EvaluationReport report =
        parse(line("A", 0, "\"input\":\"q\"", "m", true) + failed).reports().get(0);

    assertThat(report.samples()).extracting(SampleResult::repetition).containsExactly(0, 1);
    assertThat(report.score("m").failures()).isEqualTo(1);
    assertThat(report.missing("m").byReason()).containsEntry("down", 1L);
  }

  private static OpenAiEvalsExport parse(String lines) {
    return OpenAiEvalsExport.parse(lines, "results.jsonl");
  }

  private static String line(String run, int row, String item, String grader, boolean passed) {
    return ("{\"run_id\":\"%s\",\"data_source_idx\":%d,\"item\":{%s},\"sample\":{\"outputs\":"
            + "[{\"role\":\"assistant\",\"content\":\"x\"}]},\"grades\":{\"%s\":%d},"
            + "\"passes\":{\"%s\":%s}}\n")
        .formatted(run, row, item, grader, passed ? 1 : 0, grader, passed);
  }
}
