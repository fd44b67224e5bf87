package dev.finetune4j.exchange.promptfoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.grading.spec.GraderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of reading promptfoo that were seen from outside; each test names the row. */
final class PromptfooFaultsTest {
  private static final String ASKED = "prompts: ['{{q}}']\n";
  private static final String ASSERTED = "assert: [{type: contains, value: a}]";

  @TempDir Path folder;

  @Test
  void partsThatAreNotTextAreReportedP1() throws IOException {
    Files.writeString(
        folder.resolve("p.json"),
        "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What?\"},"
            + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"{{q}}\"}}]}]");
    Files.writeString(
        folder.resolve("adaline.json"),
        "[{\"role\":\"user\",\"content\":[{\"modality\":\"text\",\"value\":\"Say {{q}}\"}]}]");

    assertThat(rules("prompts: [file://p.json]\n" + test("q: x")))
        .containsExactly("prompt-part-not-read");
    assertThat(asked("prompts: [file://adaline.json]\n" + test("q: x"))).containsExactly("Say x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"transform: x()", "transformVars: x()", "postprocess: x()", "repeat: 2"})
  void optionsThatAreNotUsedAreReportedP2(String option) throws IOException {
    assertThat(rules(ASKED + "defaultTest: {options: {" + option + "}}\n" + test("q: x")))
        .containsExactly("member-not-used");
  }

  @Test
  void aPrefixAndASuffixAreAskedP2() throws IOException {
    assertThat(
            asked(
                ASKED
                    + "defaultTest: {options: {prefix: 'One word: ', suffix: ' {{q}}!'}}\n"
                    + test("q: two")))
        .containsExactly("One word: two two!");
  }

  @Test
  void membersOfTestsAndAssertionsThatAreNotUsedAreReported() throws IOException {
    assertThat(
            rules(
                ASKED
                    + "tests:\n  - vars: {q: x}\n    providers: [a]\n"
                    + "    assert: [{type: contains, value: a, rubricPrompt: b}]\n"))
        .containsExactly("member-not-used", "member-not-used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"is-sql", "is-xml", "not-is-refusal", "cost(0.01)", "is-html"})
  void typesOfATableThatDoNotRunHereAreReportedP3(String expected) throws IOException {
    Files.writeString(
        folder.resolve("t.csv"), "q,__expected,__expected2\nx," + expected + ",contains:a\n");

    assertThat(rules(ASKED + "tests: file://t.csv\n")).containsExactly("assertion-not-runnable");
  }

  @Test
  void theSettingsOfAColumnAreReadP3() throws IOException {
    Files.writeString(
        folder.resolve("t.csv"),
        "q,__expected,__config:__expected:threshold,__odd\nx,levenshtein: abc,1,y\n");

    PromptfooSuite suite = suite(ASKED + "tests: file://t.csv\n");

    assertThat(reference(suite, PromptfooSuite.ASSERTIONS)).contains("\"threshold\":1.0");
    assertThat(suite.findings()).extracting(ExchangeFinding::rule).contains("column-not-used");
  }

  @ParameterizedTest
  @CsvSource({"10.0, 10", "1e3, 1000", "2.5, 2.5", "-0.5, -0.5", "7, 7"})
  void numbersAreWrittenAsInJavaScriptP5(String written, String shown) throws IOException {
    assertThat(asked(ASKED + test("q: " + written))).containsExactly(shown);
  }

  @Test
  void equalJsonHasEqualNumbersP5() {
    assertThat(
            TextAssertions.grade(AssertionType.EQUALS, "{\"a\": 1.0}", Map.of("a", 1L), List.of())
                .passed())
        .isTrue();
  }

  @Test
  void variablesAreTemplatesTooP6() throws IOException {
    assertThat(asked(ASKED + test("q: 'Hi {{n | capitalize}}', n: bob"))).containsExactly("Hi Bob");
    assertThat(asked(ASKED + test("q: '{{a}}', a: '{{b}}', b: '{{c}}', c: end")))
        .containsExactly("end");
    assertThat(rules(ASKED + test("q: '{% if n %}x{% endif %}'")))
        .containsExactly("template-not-fillable");
  }

  @Test
  void scenariosMergeAssertionsAndReadFilesP8() throws IOException {
    Files.writeString(folder.resolve("t.yaml"), "- vars: {q: hi}\n- vars: {q: ho}\n");
    String scenario =
        "scenarios:\n  - config:\n      - {vars: {l: fr}, threshold: 0.5, " + ASSERTED + "}\n";

    PromptfooSuite suite =
        suite("prompts: ['{{q}} {{l}}']\n" + scenario + "    tests: file://t.yaml\n");

    assertThat(suite.findings()).isEmpty();
    assertThat(prompts(suite)).containsExactly("hi fr", "ho fr");
    assertThat(reference(suite, PromptfooSuite.ASSERTIONS))
        .isEqualTo("{\"assert\":[{\"type\":\"contains\",\"value\":\"a\"}],\"threshold\":0.5}");
  }

  @ParameterizedTest
  @CsvSource({
    "langfuse://support:3:chat, source-not-read",
    "prompt.py:create, code-not-runnable",
    "helicone://x, source-not-read"
  })
  void promptsFromElsewhereAreReportedP10(String prompt, String rule) throws IOException {
    assertThat(rules("prompts: ['" + prompt + "']\n" + test("q: x"))).contains(rule);
  }

  @Test
  void aTrailingSeparatorIsNoPromptP10() throws IOException {
    Files.writeString(folder.resolve("p.txt"), "First {{q}}\n---\nSecond\n----\nstill\n---\n");

    assertThat(suite("prompts: [file://p.txt]\n" + test("q: x")).prompts()).hasSize(2);
  }

  @Test
  void theJudgeOfTheOptionsJudgesP12() throws IOException {
    PromptfooSuite suite =
        suite(
            ASKED
                + "defaultTest: {options: {provider: 'openai:gpt-4.1'}}\n"
                + "tests: [{vars: {q: x}, assert: [{type: llm-rubric, value: kind}]}]\n");

    assertThat(suite.findings().get(0).message()).contains("the judge \"openai:gpt-4.1\"");
  }

  @Test
  void aTestWithoutAssertionsLeavesTheDataReadableP13() throws IOException {
    assertThat(asked(ASKED + test("q: one") + "  - vars: {q: two}\n"))
        .containsExactly("one", "two");
  }

  @Test
  void whiteSpaceIsKeptAndDroppedAsThereP15() throws IOException {
    assertThat(asked("prompts: ['[{{q}}]']\n" + test("q: \"hello\\n\"")))
        .containsExactly("[hello]");
    assertThat(
            asked("prompts: ['a {{- q -}} b {{o.length}}']\n" + test("q: Q, o: [{n: 1}, {n: 2}]")))
        .containsExactly("aQb 2");
  }

  @Test
  void promptsAndReferencesHaveDefaultsP16() throws IOException {
    assertThat(asked(test("prompt: hello"))).containsExactly("hello");
    PromptfooSuite suite =
        suite(
            ASKED
                + "tests: [{vars: {q: x}, assert: [{$ref: '#/assertionTemplates/x'}]}]\n"
                + "assertionTemplates: {x: {type: contains, value: a}}\n");
    assertThat(suite.findings()).isEmpty();
  }

  @Test
  void jsonReferencesAreExportedAsJsonP17() {
    PromptExample example =
        new PromptExample(
            List.of(Message.user("?")),
            Map.of("answer", ReferenceValue.json("{\"a\": 1}")),
            List.of());

    PromptfooExport export =
        PromptfooExport.builder(Dataset.of("d", PromptExample.class, List.of(example)))
            .grader(GraderSpec.exactMatch("same", "answer"))
            .build();

    assertThat(export.configuration().toJson()).contains("{{item.answer | dump}}");
  }

  private static String test(String variables) {
    return "tests:\n  - vars: {" + variables + "}\n    " + ASSERTED + "\n";
  }

  private PromptfooSuite suite(String yaml) throws IOException {
    return PromptfooSuite.read(
        Files.writeString(folder.resolve("promptfooconfig.yaml"), "providers: [echo]\n" + yaml));
  }

  private List<String> rules(String yaml) throws IOException {
    return suite(yaml).findings().stream().map(ExchangeFinding::rule).toList();
  }

  private List<String> asked(String yaml) throws IOException {
    return prompts(suite(yaml));
  }

  private static List<String> prompts(PromptfooSuite suite) {
    return suite.dataset().examples().map(it -> it.prompt().get(0).text()).toList();
  }

  private static String reference(PromptfooSuite suite, String name) {
    return suite.dataset().examples().findFirst().orElseThrow().requireReference(name);
  }
}
