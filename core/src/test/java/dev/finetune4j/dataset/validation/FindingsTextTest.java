package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FindingsTextTest {

  @Test
  void oneErrorStandsAboveAThousandRepeats() {
    List<Finding> findings = new ArrayList<>();
    for (int line = 2; line <= 1001; line++) {
      findings.add(finding("exact-duplicate", Severity.WARNING, line));
    }
    findings.add(finding("empty-messages", Severity.ERROR, 1002));

    assertThat(new ValidationReport("train.jsonl", 1002, findings).toText())
        .isEqualTo(
            """
            train.jsonl: 1002 examples checked, 1001 findings

            ERROR         1  empty-messages              line 1002
            WARNING    1000  exact-duplicate             line 2, line 3, line 4, ...

            ERROR line 1002 [empty-messages] It is odd. Mend it.
            WARNING line 2 [exact-duplicate] It is odd. Mend it.
            WARNING line 3 [exact-duplicate] It is odd. Mend it.
            WARNING line 4 [exact-duplicate] It is odd. Mend it.
            WARNING line 5 [exact-duplicate] It is odd. Mend it.
            WARNING line 6 [exact-duplicate] It is odd. Mend it.
            and 995 more of [exact-duplicate]
            """);
  }

  @Test
  void theErrorsOfARuleComeBeforeItsWarnings() {
    List<Finding> findings = new ArrayList<>();
    for (int line = 1; line <= 9; line++) {
      findings.add(finding("unknown-key", Severity.WARNING, line));
    }
    findings.add(finding("unknown-key", Severity.ERROR, 10));

    assertThat(new ValidationReport("a.jsonl", 10, findings).toText())
        .startsWith(
            """
            a.jsonl: 10 examples checked, 10 findings
            ERROR line 10 [unknown-key] It is odd. Mend it.
            WARNING line 1 [unknown-key] It is odd. Mend it.
            """)
        .endsWith("and 5 more of [unknown-key]\n");
  }

  @Test
  void aShortReportIsAList() {
    ValidationReport report =
        new ValidationReport("a.jsonl", 1, List.of(finding("rule", Severity.NOTE, 0)));

    assertThat(report.toText())
        .isEqualTo(
            """
            a.jsonl: 1 example checked, 1 finding
            NOTE whole set [rule] It is odd. Mend it.
            """);
  }

  @Test
  void rulesWhoseFindingsWereNotKeptAreCounted() {
    assertThat(new ValidationReport("a.jsonl", 9, List.of(), Map.of("rule", 7L)).toText())
        .isEqualTo("a.jsonl: 9 examples checked, 7 findings\nand 7 more of [rule]\n");
  }

  private static Finding finding(String rule, Severity severity, long line) {
    return new Finding(rule, severity, new ExampleLocation(line, "$"), "It is odd.", "Mend it.");
  }
}
