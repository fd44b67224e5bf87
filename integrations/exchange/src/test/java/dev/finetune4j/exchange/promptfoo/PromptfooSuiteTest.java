package dev.finetune4j.exchange.promptfoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.exchange.UnusableExchangeException;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.inference.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptfooSuiteTest {
  private static final Path EXPORT = Path.of("src/test/resources/promptfoo/evals-export.yaml");

  @Test
  void anExportOfOpenAiEvalsBecomesADataSet() {
    PromptfooSuite suite = PromptfooSuite.read(EXPORT).orThrow();

    List<PromptExample> examples = suite.dataset().examples().toList();

    assertThat(suite.prompts()).containsExactly("run prompt");
    assertThat(suite.providers()).containsExactly("openai:chat:gpt-4.1");
    assertThat(examples).hasSize(3);
    assertThat(examples.get(0).prompt())
        .containsExactly(
            Message.of(Role.DEVELOPER, "Answer with one word: Hardware, Software or Other."),
            Message.user("My monitor won't turn on"));
    assertThat(examples.get(0).requireReference("correct_label")).isEqualTo("Hardware");
    assertThat(examples.get(0).requireReference(PromptExample.ANSWER)).isEqualTo("Hardware");
    assertThat(examples.get(1).prompt().get(1).text()).isEqualTo("The app says {{error}}");
    assertThat(examples.get(2).requireReference("urgent")).isEqualTo("yes");
  }

  @Test
  void whatCannotRunHereIsToldOnceWithPlaceAndCure() {
    PromptfooSuite suite = PromptfooSuite.read(EXPORT);

    assertThat(suite.findings())
        .extracting(ExchangeFinding::toString)
        .containsExactly(
            "WARNING $ [date-not-quoted] \"2024-05-01\" has no quotes: promptfoo takes it for a date"
                + " and writes \"[object Object]\" into the prompt; here it is a text. Put it in"
                + " quotes, and both read the same text.",
            "WARNING $.tests[0] assert 2 and 2 more [assertion-not-runnable] \"javascript\" is code,"
                + " which does not run here; it is left out when grading and kept in the file."
                + " Write it as a Grader in Java and add it to the evaluation under its own name.");
  }

  @Test
  void theSuiteIsGradedAsPromptfooGradesIt() throws InterruptedException {
    PromptfooSuite suite = PromptfooSuite.read(EXPORT);
    Evaluation.Builder evaluation = Evaluation.builder(suite.dataset());
    suite.graders(LocalGraders.withoutJudges()).forEach(evaluation::grader);

    EvaluationReport report =
        evaluation.build().run("always hardware", request -> ChatResponse.of("Hardware"));

    assertThat(report.graders()).containsExactly("promptfoo", "Match output to human label");
    assertThat(report.failures()).isZero();
    assertThat(report.score("promptfoo").passRate()).isEqualTo(1.0 / 3);
    assertThat(report.score("Match output to human label").passRate()).isEqualTo(1.0 / 3);
  }

  @Test
  void assertionsOfEveryTestAreGradersThatCanBeSentAway() {
    PromptfooSuite suite = PromptfooSuite.read(EXPORT);

    assertThat(suite.graderSpecs())
        .containsExactly(
            Map.entry(
                "Match output to human label",
                new GraderSpec.StringCheck(
                    "Match output to human label",
                    "{{sample.output_text}}",
                    "{{item.expected_Match_output_to_human_label}}",
                    StringOperation.EQUAL)));
    PromptExample first = suite.dataset().examples().findFirst().orElseThrow();
    assertThat(first.requireReference("expected_Match_output_to_human_label"))
        .isEqualTo("Hardware");
  }

  @Test
  void writingBackKeepsCommentsQuotesAndWhatIsNotUnderstood() throws IOException {
    String written = PromptfooSuite.read(EXPORT).configuration().toYaml();

    assertThat(written)
        .contains("# A configuration of the shape")
        .contains("# kept, not understood")
        .contains("opened: 2024-05-01")
        .contains("opened: \"2024-05-02\"")
        .contains("'{{item.correct_label}}'");
    PromptfooConfiguration again = PromptfooConfiguration.parse(written, Path.of(""));
    assertThat(again.toJson()).isEqualTo(PromptfooConfiguration.read(EXPORT).toJson());
    assertThat(again.toYaml()).isEqualTo(written);
  }

  @Test
  void testsComeFromTablesLinesAndFilesWithDefaultsMergedIn(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("ask.txt"), "Ask {{q}}\n---\nPlease ask {{q}}\n");
    Files.writeString(
        folder.resolve("cases.csv"),
        "q,__expected1,__expected2\n\"a, b\",contains: A,similar(0.9):x\nc,plain,\n");
    Files.writeString(
        folder.resolve("more.jsonl"),
        "{\"vars\": {\"q\": [\"d\", \"e\"]}, \"assert\": [{\"type\": \"equals\", \"value\": 7}]}\n");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        prompts: file://ask.txt
        providers: echo
        defaultTest: {threshold: 0.5, assert: [{type: word-count, value: {max: 3}}]}
        tests: [cases.csv, file://more.jsonl]
        """);

    PromptfooSuite suite = PromptfooSuite.read(folder.resolve("config.yaml")).orThrow();

    assertThat(suite.prompts()).containsExactly("ask.txt#1", "ask.txt#2");
    List<PromptExample> examples = suite.dataset("ask.txt#2").examples().toList();
    assertThat(examples)
        .extracting(example -> example.prompt().get(0).text())
        .containsExactly("Please ask a, b", "Please ask c", "Please ask d", "Please ask e");
    assertThat(examples.get(0).requireReference(PromptfooSuite.ASSERTIONS))
        .isEqualTo(
            "{\"assert\":[{\"type\":\"word-count\",\"value\":{\"max\":3}},"
                + "{\"type\":\"contains\",\"value\":\"A\"},"
                + "{\"type\":\"similar\",\"value\":\"x\",\"threshold\":0.9}],\"threshold\":0.5}");
  }

  @Test
  void allFaultsAreToldAtOnce(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        prompts: ['{% if x %}a{% endif %}', file://absent.txt]
        providers: echo
        tests:
          - file://make_tests.py
          - huggingface://datasets/x/y
          - vars: {q: 1}
            assert: [{type: regex, value: '('}]
          - vars: {q: 2}
        """);

    assertThatThrownBy(() -> PromptfooSuite.read(folder.resolve("config.yaml")).orThrow())
        .isInstanceOfSatisfying(
            UnusableExchangeException.class,
            e ->
                assertThat(e.findings())
                    .extracting(ExchangeFinding::rule)
                    .containsExactly(
                        "template-not-fillable",
                        "file-not-readable",
                        "code-not-runnable",
                        "source-not-read",
                        "not-a-pattern",
                        "nothing-to-grade"));
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertThatThrownBy(() -> PromptfooConfiguration.parse("a: [1", Path.of("")))
        .isInstanceOf(UnusableExchangeException.class)
        .hasMessageContaining("line 1");
  }
}
