package dev.finetune4j.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.exchange.openaievals.OpenAiEvalsExport;
import dev.finetune4j.exchange.promptfoo.PromptfooSuite;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.spec.LocalGraders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the files with which faults were reported, where they are present. */
final class FaultFilesTest {

  @ParameterizedTest
  @CsvSource({
    "01-image-part, prompt-part-not-read",
    "02-test-transform, member-not-used",
    "18-var-filter, template-not-fillable",
    "21-schemes, source-not-read",
    "22-python-prompt, code-not-runnable",
    "28-transform-vars, member-not-used",
    "24-no-assert, nothing-to-grade",
    "06-number-1.0, date-not-quoted",
  })
  void whatIsNotReadIsAFinding(String name, String rule) {
    assertThat(suite(name).findings()).extracting(ExchangeFinding::rule).containsExactly(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          03-prefix-suffix | Answer in one word: two plus two Now.
          06-number-1.0 | Price 10 / Price 1000 / Price 1_000 / Price 31 / Price 2024-01-01 / Price 10 / Price 0.5 / Price 123456789012345680000
          12-scenario-asserts | hi fr / hi de
          13-scenario-file | hi fr / ho fr
          14-default-prompt | hello
          20-ref | hi
          24-no-assert | one / two
          25-trailing-newline | [hello]
          30-whitespace-control | aQb / x  y / QQQ / {{q}} / 1 2 2
          """)
  void promptsAreThoseOfPromptfoo(String name, String prompts) {
    assertThat(prompts(suite(name))).isEqualTo(prompts);
  }

  @Test
  void twoPromptsStandInAFileWithATrailingSeparatorP10() {
    assertThat(prompts(suite("31-multi-prompt-txt")))
        .isEqualTo("First hi / Second hi\n\n----\nstill second");
  }

  @Test
  void aTableNamesWhatDoesNotRunHereP3() {
    assertThat(suite("04-csv-unknown-type").findings())
        .extracting(ExchangeFinding::rule)
        .contains("assertion-not-runnable", "nothing-to-grade");
    assertThat(assertions(suite("04-csv-unknown-type"))).doesNotContain("equals");
    assertThat(assertions(suite("26-csv-config")))
        .contains("\"threshold\":0.9")
        .contains("\"threshold\":1.0");
  }

  @Test
  void numbersAreEqualWhereTheirValuesAreP5() {
    PromptfooSuite suite = suite("06-number-1.0");
    PromptExample ten = examples(suite).get(0);

    Grader whole =
        Objects.requireNonNull(
            suite.graders(LocalGraders.withoutJudges()).get(PromptfooSuite.WHOLE_TEST));
    assertThat(whole.grade(ten, "10").passed()).isTrue();
  }

  @Test
  void scenariosKeepTheirAssertionsAndThresholdsP8() {
    assertThat(assertions(suite("12-scenario-asserts")))
        .contains("bonjour", "\"threshold\":0.5")
        .contains("\"value\":\"b\"");
    assertThat(suite("12-scenario-asserts").findings()).isEmpty();
  }

  @Test
  void theJudgeOfTheOptionsIsAskedP12() {
    assertThat(assertions(suite("23-judge-in-options")))
        .contains("\"provider\":\"openai:gpt-4.1\"");
  }

  @Test
  void runsOfOtherItemsAreNotComparedO1() {
    OpenAiEvalsExport export = OpenAiEvalsExport.read(file("h1.jsonl"));
    EvaluationReport first = export.reports().get(0);
    EvaluationReport second = export.reports().get(1);

    assertThat(export.findings()).extracting(ExchangeFinding::rule).contains("other-items");
    assertThatThrownBy(() -> first.comparedTo(second, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("were not measured on the same samples");
  }

  @Test
  void verdictsWithoutScoresCountO3() {
    List<EvaluationReport> reports = OpenAiEvalsExport.read(file("h3.jsonl")).reports();

    assertThat(Math.abs(reports.get(0).comparedTo(reports.get(1), "m").difference())).isEqualTo(1);
  }

  @Test
  void theExpectedAnswerIsNotInThePromptO5() {
    PromptExample first =
        OpenAiEvalsExport.read(file("h5.jsonl")).dataset().examples().findFirst().orElseThrow();

    assertThat(first.prompt()).extracting(Message::text).containsExactly("s", "hi");
  }

  private static PromptfooSuite suite(String name) {
    return PromptfooSuite.read(file(name).resolve("promptfooconfig.yaml"));
  }

  private static List<PromptExample> examples(PromptfooSuite suite) {
    return suite.prompts().stream()
        .flatMap(prompt -> suite.dataset(prompt).examples().toList().stream())
        .toList();
  }

  private static String prompts(PromptfooSuite suite) {
    return examples(suite).stream()
        .map(example -> example.prompt().get(0).text())
        .collect(Collectors.joining(" / "));
  }

  private static String assertions(PromptfooSuite suite) {
    return examples(suite).stream()
        .map(example -> Objects.requireNonNull(example.reference().get(PromptfooSuite.ASSERTIONS)))
        .map(ReferenceValue::text)
        .collect(Collectors.joining("\n"));
  }

  private static Path file(String name) {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/faults/evaluation"))) {
      above = above.getParent();
    }
    assumeTrue(above != null, "The reported files are not present.");
    return Objects.requireNonNull(above).resolve("shared/faults/evaluation").resolve(name);
  }
}
