package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.inference.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GradersTest {

  private static Grade grade(Grader grader, String reference, String answer) {
    return grader.grade(PromptExample.of(List.of(Message.user("?")), reference), answer);
  }

  @Test
  void exactReportsTheFirstDifference() {
    assertThat(grade(Graders.exact(), "salt", "salt")).isEqualTo(Grade.pass());
    assertThat(grade(Graders.exact(), "salt", "salz").reason())
        .contains("Expected \"salt\", got \"salz\"; the first difference is at character 4.");
  }

  @ParameterizedTest
  @CsvSource({
    "'Salt, pepper.', 'salt pepper', true",
    "'  a\tb ', 'A b!', true",
    "'5 %', '5', false",
    "'a b', 'ab', false",
    "'„Öl“', 'öl', true"
  })
  void normalisedIgnoresCasePunctuationAndWhiteSpace(
      String reference, String answer, boolean passes) {
    assertThat(grade(Graders.normalised(), reference, answer).passed()).isEqualTo(passes);
  }

  @Test
  void containsLooksForTheReference() {
    assertThat(grade(Graders.contains(), "42", "It is 42.").passed()).isTrue();
    assertThat(grade(Graders.contains(), "42", "It is 4 2.").reason())
        .contains("\"42\" is not in the answer.");
  }

  @Test
  void regexNeedsNoReference() {
    PromptExample bare = new PromptExample(List.of(Message.user("?")), Map.of(), List.of());

    assertThat(Graders.regex("^\\d{4}$").grade(bare, "2026").passed()).isTrue();
    assertThat(Graders.regex("^\\d{4}$").grade(bare, "26").reason())
        .contains("The pattern \"^\\d{4}$\" is not found in the answer.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\":1,\"b\":[1,2]}; {\"b\":[1.0,2e0],\"a\":1}; true",
        "[1,2]; [2,1]; false",
        "{\"a\":null}; {}; false",
        "\"1\"; 1; false",
        "[0]; [-0.0]; true"
      })
  void jsonEqualityComparesValuesNotSpelling(String reference, String answer, boolean passes) {
    assertThat(grade(Graders.jsonEquality(), reference, answer).passed()).isEqualTo(passes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[1,", "[1] and more", "{\"a\":1}"})
  void anAnswerThatIsNotAnArrayScoresNothing(String answer) {
    Grade grade = grade(Graders.jsonSetF1(), "[1]", answer);

    assertThat(grade.score()).isZero();
    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason()).isPresent();
  }

  @Test
  void jsonSetF1CountsRepeatedItems() {
    Grade grade =
        grade(Graders.jsonSetF1(0.5), "[\"salt\",\"salt\",\"oil\"]", "[\"salt\",\"egg\"]");

    // One of two given is right, one of three wanted is there: F1 = 2 x 1 / (3 + 2).
    assertThat(grade.score()).isCloseTo(0.4, within(1e-12));
    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason())
        .contains(
            "1 of 3 items found, 1 unexpected. First missing: \"salt\". First unexpected: \"egg\".");
    assertThat(grade(Graders.jsonSetF1(), "[1,2]", "[2,1]")).isEqualTo(Grade.pass());
    assertThat(grade(Graders.jsonSetF1(), "[]", "[]").score()).isEqualTo(1);
  }

  @Test
  void jsonFieldF1ComparesLeavesByPath() {
    String reference = "{\"title\":\"Pie\",\"time\":{\"bake\":40,\"rest\":5}}";

    Grade grade = grade(Graders.jsonFieldF1(), reference, "{\"time\":{\"bake\":40.0,\"rest\":9}}");

    // One field of two given is right, one of three wanted: F1 = 2 x 1 / 5.
    assertThat(grade.score()).isCloseTo(0.4, within(1e-12));
    assertThat(grade(Graders.jsonFieldF1(), reference, reference).passed()).isTrue();
  }

  @Test
  void aReferenceThatIsNotJsonIsAnErrorInTheExample() {
    assertThatThrownBy(() -> grade(Graders.jsonEquality(), "salt", "\"salt\""))
        .hasMessageStartingWith("Not valid JSON");
    assertThatThrownBy(() -> grade(Graders.jsonSetF1(), "{}", "[]"))
        .hasMessage("The reference must be an array, but is an object.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1234.5; The total is 1,234.45 euros.; true",
        "1234.5; 1 then 1234.6; true",
        "1234.5; 1234.7; false",
        "-3; about -3; true",
        "5; pages 10-5; true",
        "0.5; .5; true",
        "5; e5; true",
        "7; none; false",
        "7; 7 or 1e999; true"
      })
  void numericComparesTheLastNumber(String reference, String answer, boolean passes) {
    assertThat(grade(Graders.numeric(0.1), reference, answer).passed()).isEqualTo(passes);
  }

  @Test
  void onReferenceSelectsAnotherReference() {
    PromptExample example =
        new PromptExample(
            List.of(Message.user("?")),
            Map.of("city", ReferenceValue.text("Rome"), "answer", ReferenceValue.text("Italy")),
            List.of());

    assertThat(Graders.onReference("city", Graders.exact()).grade(example, "Rome").passed())
        .isTrue();
    assertThatThrownBy(() -> Graders.onReference("river", Graders.exact()).grade(example, "Tiber"))
        .hasMessageContaining("has no reference \"river\"");
  }

  @Test
  void longAnswersAreTruncatedInReasons() {
    String reason = grade(Graders.exact(), "a", "b".repeat(500)).reason().orElseThrow();

    assertThat(reason).hasSizeLessThan(200).contains("bbb…");
  }

  @Test
  void aSchemaThatRefersToAFileOrAnAddressIsRefused(@TempDir Path folder) throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"type\":\"string\"}");

    for (String reference : List.of(other.toUri().toString(), "http://127.0.0.1:1/other.json")) {
      assertThatThrownBy(() -> Graders.jsonSchema("{\"$ref\":\"" + reference + "\"}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(reference);
    }
  }

  @Test
  void everyGraderHasAName() {
    Grader custom = (example, answer) -> Grade.pass();
    Grader renamed = Graders.latencyWithin(Duration.ofSeconds(1)).named("fast");
    SampledAnswer slow = new SampledAnswer(ChatResponse.of("Yes"), Duration.ofSeconds(2));

    assertThat(List.of(Graders.exact(), Graders.jsonSetF1(), Graders.numeric(1), custom, renamed))
        .extracting(Grader::name)
        .containsExactly("exact", "set F1", "numeric", "grader", "fast");
    assertThat(Graders.onReference("other", Graders.exact()).name()).isEqualTo("exact");
    assertThat(renamed.grade(PromptExample.of(List.of(), "Yes"), slow).passed()).isFalse();
  }
}
