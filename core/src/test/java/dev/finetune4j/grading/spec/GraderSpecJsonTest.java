package dev.finetune4j.grading.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GraderSpecJsonTest {

  static List<GraderSpec> everyKind() {
    List<Message> question = List.of(Message.system("Judge."), Message.user("{{item.answer}}"));
    Map<String, GraderSpec> parts = new LinkedHashMap<>();
    parts.put("exact", GraderSpec.exactMatch("exact", "answer"));
    parts.put("style", GraderSpec.similarity("style", "answer", TextMetric.ROUGE_L));
    return List.of(
        GraderSpec.exactMatch("exact", "answer"),
        new GraderSpec.StringCheck("no", "a", "b", StringOperation.CONTAINS_IGNORING_CASE),
        new GraderSpec.TextSimilarity(
            "near", "a", "b", TextMetric.FUZZY_MATCH, OptionalDouble.of(0.8)),
        new GraderSpec.ScoreModel(
            "score", "judge-1", question, Map.of("seed", 7L), 1, 5, OptionalDouble.of(4)),
        new GraderSpec.LabelModel(
            "label", "judge-1", question, List.of("good", "bad"), List.of("good")),
        new GraderSpec.PythonCode("code", "def grade(sample, item): return 1.0", Optional.empty()),
        new GraderSpec.Endpoint("mine", "https://grader.example/", Map.of("x-key", "secret")),
        new GraderSpec.Multi("both", parts, "0.7 * exact + 0.3 * style"));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void everyKindRoundTrips(GraderSpec grader) {
    assertThat(GraderSpecJson.read(GraderSpecJson.write(grader))).isEqualTo(grader);
  }

  @Test
  void anExactMatchIsWrittenAsAStringCheckOfTheAnswer() {
    assertThat(GraderSpecJson.write(GraderSpec.exactMatch("exact", "answer")))
        .isEqualTo(
            "{\"type\":\"string_check\",\"name\":\"exact\",\"input\":\"{{sample.output_text}}\","
                + "\"reference\":\"{{item.answer}}\",\"operation\":\"eq\"}");
  }

  @Test
  void theGradersOfAMultiGraderMayBeAList() {
    String part =
        "{\"type\":\"string_check\",\"name\":\"p\",\"input\":\"a\",\"reference\":\"b\","
            + "\"operation\":\"ne\"}";

    GraderSpec read =
        GraderSpecJson.read(
            "{\"type\":\"multi\",\"name\":\"m\",\"graders\":["
                + part
                + "],\"calculate_output\":\"p\"}");

    assertThat(((GraderSpec.Multi) read).graders())
        .containsExactly(
            Map.entry("p", new GraderSpec.StringCheck("p", "a", "b", StringOperation.NOT_EQUAL)));
  }

  @Test
  void textPartsOfJudgeMessagesAreReadAsText() {
    GraderSpec read =
        GraderSpecJson.read(
            "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"j\",\"input\":[{\"role\":\"user\","
                + "\"content\":{\"type\":\"input_text\",\"text\":\"How good?\"}}]}");

    assertThat(((GraderSpec.ScoreModel) read).messages())
        .containsExactly(Message.user("How good?"));
  }

  @Test
  void unknownKindsAreKeptUnchanged() {
    String json = "{\"type\":\"oracle\",\"name\":\"o\",\"depth\":3}";

    assertThat(GraderSpecJson.write(GraderSpecJson.read(json))).isEqualTo(json);
  }

  @Test
  void aMissingMemberIsNamed() {
    assertThatThrownBy(() -> GraderSpecJson.read("{\"type\":\"python\",\"name\":\"p\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source");
  }

  @Test
  void theHeadersOfAnEndpointAreNeverShown() {
    assertThat(everyKind().get(6).toString()).doesNotContain("secret").contains("x-key");
  }
}
