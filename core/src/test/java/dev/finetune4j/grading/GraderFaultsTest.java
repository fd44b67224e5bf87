package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.grading.judge.Judge;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.grading.text.TextScores;
import dev.finetune4j.inference.ChatResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of graders that were seen from outside; each test names the row. */
final class GraderFaultsTest {

  @Test
  void aDistanceOfExactlyTheTolerancePassesG1() {
    assertThat(grade(Graders.numeric(0.01), "1.00", "1.01").passed()).isTrue();
    assertThat(grade(Graders.numeric(0.1), "0.3", "0.2").passed()).isTrue();
    assertThat(grade(Graders.numeric(0.01), "1.00", "1.0101").passed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "5; 1,5; false",
        "1.5; 1,5; true",
        "5; \u22125; false",
        "-5; \u22125; true",
        "-5; -5; true",
        "-5; minus 5; true",
        "4; 7 minus 3 is 4; true",
        "9500; 9{,}500; true",
        "1234567; 1 234 567; true",
        "1234567; 1\u202f234\u202f567; true",
        "1234567; 1'234'567; true",
        "1234567; 1.234.567; true",
        "1234567; 12,34,567; true",
        "1234.56; 1.234,56 \u20ac; true",
        "1234.56; $1,234.56; true",
        "-5; -$5; true",
        "0.125; 0,125; true",
        "0.5; 1/2; true",
        "1.5; 1 1/2 cups; true",
        "1.5; 1\u00bd; true",
        "0.5; 50 %; true",
        "50; 50%; true",
        "50%; 0.5; true",
        "0.5; 0.5%; false",
        "1200000; 1.2 million; true",
        "5000; 5k; true",
        "1500; 1.5 \u00d7 10^3; true",
        "42; \\boxed{42} of 100; true",
        "42; #### 42; true",
        "3; 1, 2, 3; true",
        "5; page 3-5; true",
        "12; \u0661\u0662; true",
        "5; 5 km; true",
        "5; - 5; true",
        "15; 15 (3 * 5); true",
        "15; 15 (= 3 * 5); true",
        "75; (15 * 5) = 75; true",
        "7; Answer 2: (7); true",
        "7; The sum is 3 (in total 7); true",
        "3; 3 out of 5 stars; true",
        "5; about 5 kg (11 pounds); true",
        "40; forty; true",
        "41; forty-one; true",
        "1; one could say yes; false",
        "5; The difference between 10 and 5 is 5; true"
      })
  void numbersAreReadAsPeopleWriteThemG2(String reference, String answer, boolean passes) {
    assertThat(grade(Graders.numeric(0), reference, answer).passed()).isEqualTo(passes);
  }

  @Test
  void aLocaleSaysWhichSignPartsDecimals() {
    assertThat(grade(Graders.numeric(0, Locale.GERMANY), "1.234", "1234").passed()).isTrue();
    assertThat(grade(Graders.numeric(0, Locale.GERMANY), "1,234", "1234").passed()).isFalse();
    assertThat(grade(Graders.numeric(0, Locale.US), "1,234", "1234").passed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "-5; 5; false",
        "C#; C; false",
        "C++; C; false",
        "3.5; 35; false",
        "1/2; 12; false",
        "caf\u00e9; cafe\u0301; true",
        "well-known; Well known; true",
        "Yes!; yes; true",
        ".NET; net; false",
        "AT&T; ATT; false",
        "**Paris**.; paris; true",
        "\u22125; -5; true"
      })
  void normalisedTextsKeepTheirMeaning(String reference, String answer, boolean passes) {
    assertThat(grade(Graders.normalised(), reference, answer).passed()).isEqualTo(passes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Mix the flour with two eggs", "yes", "\u043f\u0440\u0438\u0432\u0435\u0442"})
  void anAnswerLikeItsReferencePassesEveryMetricWithoutAThresholdG4(String text) {
    for (TextMetric metric : TextMetric.values()) {
      if (metric != TextMetric.COSINE) {
        Grader grader =
            LocalGraders.withoutJudges().of(GraderSpec.similarity("m", "answer", metric));

        assertThat(grade(grader, text, text).passed())
            .as(metric.toString())
            // A text shorter than the sequences has none in common with itself.
            .isEqualTo(!metric.word().matches("rouge_[2-5]") || text.contains("flour"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u043f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440",
        "\u4f60\u597d\u4e16\u754c",
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643",
        "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e",
        "hello world"
      })
  void rougeKnowsEveryScriptG5(String text) {
    assertThat(TextScores.rouge(1).of(text, text)).isEqualTo(1);
    assertThat(TextScores.rougeL().of(text, text)).isEqualTo(1);
    assertThat(TextScores.rouge(1).of("other", text)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reason\": \"fine\", \"result\": \"pass\"} {smile}",
        "<think>{\"result\": \"fail\"}</think>{\"reason\": \"x\", \"result\": \"pass\"}",
        "I think {this} fits.\n```json\n{\"result\": \"pass\"}\n```",
        "Pass",
        "**Verdict: Pass**",
        "It is right.\n\nFinal verdict: pass.",
        "It is right.\npass"
      })
  void aVerdictIsFoundInProseAndFencesG6(String answer) {
    Judge judge = Judge.choosing("j", request -> ChatResponse.of(answer), List.of("pass", "fail"));

    assertThat(judge.verdict(List.of(Message.user("?"))).result()).isEqualTo("pass");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0.5\"", "Score: 0.5", "{\"result\": \"0.5\"}", "**0.5**"})
  void aScoreIsFoundInProseG6(String answer) {
    Judge judge = Judge.scoring("j", request -> ChatResponse.of(answer), 0, 1);

    assertThat(judge.verdict(List.of(Message.user("?"))).result()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not pass", "pass or fail", "I cannot say.", "<think>pass"})
  void whatIsNoVerdictIsNotTakenForOne(String answer) {
    Judge judge = Judge.choosing("j", request -> ChatResponse.of(answer), List.of("pass", "fail"));

    assertThatThrownBy(() -> judge.verdict(List.of(Message.user("?"))))
        .hasMessageContaining("gave no verdict");
  }

  @Test
  void jsonIsTakenOutOfFencesAndProseG8() {
    String fenced = "Here it is [1]:\n```json\n{\"a\": [1, 2]}\n```\nDone.";
    Grader extracting =
        Extraction.withoutThinking().then(Extraction.json()).before(Graders.jsonEquality());

    assertThat(grade(extracting, "{\"a\":[1,2]}", fenced).passed()).isTrue();
    assertThat(grade(extracting, "{\"a\":[1,2]}", "nothing").reason())
        .contains("The answer has no JSON.");
    assertThat(grade(Graders.jsonEquality(), "{\"a\":[1,2]}", fenced).reason().orElseThrow())
        .contains("take it out with Extraction.json() first")
        .doesNotContain("JsonReader");
  }

  @Test
  void partsOfAnswersAreTakenOut() {
    assertThat(Extraction.codeFence().from("a\n```sql\nSELECT 1\n```\nb")).contains("SELECT 1");
    assertThat(Extraction.lastLine().from("a\n**b**\n\n")).contains("b");
    assertThat(Extraction.group("answer: (\\w+)").from("answer: x, answer: y")).contains("y");
    assertThat(Extraction.withoutThinking().from("<think>a</think> b")).contains("b");
    assertThat(Extraction.json().from("{".repeat(50_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(1 ",
        "1 ",
        "1",
        "between 1 and ",
        "1,",
        "<think>",
        "</think>",
        "```\n",
        " ",
        "= ",
        "{[",
        "\u00b2",
        "1/",
        "a.",
        "-1 of ",
        "'"
      })
  void longAnswersTakeLinearTime(String part) {
    String answer = part.repeat(200_000 / part.length());

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          grade(Graders.numeric(0), "5", answer);
          grade(Graders.normalised(), "5", answer);
          Extraction.withoutThinking().then(Extraction.codeFence()).from("```\n" + answer);
          Extraction.json().from(answer);
        });
  }

  @Test
  void aFormulaWithoutAFiniteValueGivesNoGradeE1() {
    Map<String, GraderSpec> parts = new LinkedHashMap<>();
    parts.put("a", GraderSpec.exactMatch("a", "answer"));
    parts.put("b", GraderSpec.exactMatch("b", "other"));
    Grader divided = LocalGraders.withoutJudges().of(new GraderSpec.Multi("m", parts, "a / b"));
    PromptExample example =
        new PromptExample(
            List.of(Message.user("?")),
            Map.of("answer", ReferenceValue.text("x"), "other", ReferenceValue.text("y")),
            List.of());

    assertThatThrownBy(() -> divided.grade(example, "x"))
        .hasMessage("The formula of \"m\" gives Infinity for {a=1.0, b=0.0}.");
  }

  private static Grade grade(Grader grader, String reference, String answer) {
    return grader.grade(
        new PromptExample(
            List.of(Message.user("?")),
            Map.of(PromptExample.ANSWER, ReferenceValue.text(reference)),
            List.of()),
        answer);
  }
}
