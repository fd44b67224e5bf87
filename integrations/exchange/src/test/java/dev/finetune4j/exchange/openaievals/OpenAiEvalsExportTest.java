package dev.finetune4j.exchange.openaievals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.exchange.UnusableExchangeException;
import dev.finetune4j.inference.TokenUsage;
import org.junit.jupiter.api.Test;

final class OpenAiEvalsExportTest {
  private static final String LINES =
      """
      {"run_id":"run_a","data_source_idx":1,"item":{"text":"no sound","label":"Hardware"},"grades":{"match":1},"passes":{"match":true}}
      {"run_id":"run_a","data_source_idx":0,"item":{"text":"no login","label":"Software"},"sample":{"trajectory":[{"role":"user","content":"Classify: no login"}],"outputs":[{"role":"assistant","content":"Other"}],"token_usage":{"total_tokens":10,"completion_tokens":2,"prompt_tokens":8,"cached_tokens":1}},"grades":{"match":0},"grader_samples":{},"passes":{"match":false}}
      {"run_id":"run_b","data_source_idx":0,"item":{"text":"no login","label":"Software"},"sample":{"trajectory":[],"outputs":[{"role":"assistant","content":""}],"error":{"message":"no role"}},"grades":{},"passes":{}}
      {"run_id":"run_b","data_source_idx":1,"item":{"text":"no sound","label":"Hardware"},"sample":{"outputs":[{"role":"assistant","content":"Hardware"}]},"grades":{"match":1},"passes":{"match":true}}
      """;

  @Test
  void pastRunsBecomeReportsThatCanBeCompared() {
    OpenAiEvalsExport export = OpenAiEvalsExport.parse(LINES, "results.jsonl");

    assertThat(export.reports())
        .extracting(EvaluationReport::name)
        .containsExactly("run_a", "run_b");
    EvaluationReport first = export.reports().get(0);
    EvaluationReport second = export.reports().get(1);
    assertThat(first.samples().get(0).answer()).contains("Other");
    assertThat(first.samples().get(0).usage()).isEqualTo(new TokenUsage(8, 2));
    assertThat(first.score("match").passRate()).isEqualTo(0.5);
    assertThat(second.samples().get(0).failure()).contains("no role");
    assertThat(second.comparedTo(first, "match").difference()).isZero();
  }

  @Test
  void itemsBecomeTheDataSetWithTheConversationThatWasAsked() {
    OpenAiEvalsExport export = OpenAiEvalsExport.parse(LINES, "results.jsonl");

    PromptExample first = export.dataset().examples().findFirst().orElseThrow();

    assertThat(first.prompt().get(0).text()).isEqualTo("Classify: no login");
    assertThat(first.requireReference("label")).isEqualTo("Software");
    assertThat(export.findings()).hasSize(1);
    assertThat(export.findings().get(0).rule()).isEqualTo("prompt-unknown");
  }

  @Test
  void brokenLinesAreToldTogether() {
    assertThatThrownBy(() -> OpenAiEvalsExport.parse("{}\n{\"run_id\":\"r\"\n", "x.jsonl"))
        .isInstanceOf(UnusableExchangeException.class)
        .hasMessageContaining("x.jsonl line 1")
        .hasMessageContaining("x.jsonl line 2");
  }
}
