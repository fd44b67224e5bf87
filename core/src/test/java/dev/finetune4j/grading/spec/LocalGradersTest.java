package dev.finetune4j.grading.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.Embeddings;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class LocalGradersTest {
  private static final PromptExample EXAMPLE =
      new PromptExample(
          List.of(Message.user("What is in it?")),
          Map.of(
              "answer", ReferenceValue.text("Eggs and milk"),
              "facts", ReferenceValue.json("{\"count\":2}")),
          List.of());

  private final LocalGraders graders = LocalGraders.withoutJudges();

  private double score(GraderSpec spec, String answer) {
    return graders.of(spec).grade(EXAMPLE, answer).score();
  }

  @Test
  void stringChecksBehaveAsAtTheService() {
    assertThat(score(check(StringOperation.EQUAL), "Eggs and milk")).isEqualTo(1);
    assertThat(score(check(StringOperation.EQUAL), "eggs and milk")).isEqualTo(0);
    assertThat(score(check(StringOperation.NOT_EQUAL), "eggs")).isEqualTo(1);
    assertThat(score(check(StringOperation.CONTAINS), "It is: Eggs and milk.")).isEqualTo(1);
    assertThat(score(check(StringOperation.CONTAINS), "It is: eggs and milk.")).isEqualTo(0);
    assertThat(score(check(StringOperation.CONTAINS_IGNORING_CASE), "EGGS AND MILK!")).isEqualTo(1);
  }

  private static GraderSpec check(StringOperation operation) {
    return new GraderSpec.StringCheck(
        "check", GraderSpec.ANSWER_TEXT, GraderSpec.item("answer"), operation);
  }

  @Test
  void templatesReadJsonOfAnswersAndReferences() {
    GraderSpec spec =
        new GraderSpec.StringCheck(
            "count",
            "{{sample.output_json.found.count}}",
            "{{item.facts.count}}",
            StringOperation.EQUAL);

    assertThat(score(spec, "{\"found\":{\"count\":2}}")).isEqualTo(1);
    assertThat(graders.of(spec).grade(EXAMPLE, "two").reason().orElseThrow())
        .startsWith("The answer is not the expected JSON:");
  }

  @Test
  void aMissingReferenceIsAnErrorInTheGrader() {
    GraderSpec spec = GraderSpec.exactMatch("exact", "solution");

    assertThatThrownBy(() -> score(spec, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("solution");
  }

  @Test
  void similarityPassesAtItsThreshold() {
    GraderSpec spec =
        new GraderSpec.TextSimilarity(
            "near",
            GraderSpec.ANSWER_TEXT,
            GraderSpec.item("answer"),
            TextMetric.ROUGE_1,
            OptionalDouble.of(0.5));

    assertThat(graders.of(spec).grade(EXAMPLE, "milk and honey").passed()).isTrue();
    assertThat(graders.of(spec).grade(EXAMPLE, "honey").passed()).isFalse();
  }

  @Test
  void aFormulaCombinesScores() {
    GraderSpec both =
        new GraderSpec.Multi(
            "both",
            Map.of(
                "exact", check(StringOperation.EQUAL),
                "inside", check(StringOperation.CONTAINS)),
            "max(exact, 0.5 * inside) + 2 ^ -(1 - exact) * 0");

    assertThat(score(both, "Here: Eggs and milk")).isCloseTo(0.5, within(1e-12));
    assertThat(score(both, "Eggs and milk")).isCloseTo(1, within(1e-12));
  }

  @Test
  void anInvalidFormulaIsReportedWithItsPosition() {
    GraderSpec broken =
        new GraderSpec.Multi("both", Map.of("exact", check(StringOperation.EQUAL)), "exact + * 2");

    assertThatThrownBy(() -> graders.of(broken))
        .hasMessage(
            "Invalid formula \"exact + * 2\" at character 9: expected a number, a name or a"
                + " parenthesis.");
  }

  @Test
  void aFormulaWithAnUnknownNameIsRejected() {
    GraderSpec wrong =
        new GraderSpec.Multi(
            "both", Map.of("exact", check(StringOperation.EQUAL)), "exact + style");

    assertThatThrownBy(() -> graders.of(wrong))
        .hasMessage("The formula of \"both\" names [style], but its graders are [exact].");
  }

  @Test
  void aJudgeIsAskedAgainUntilItGivesAVerdict() {
    Queue<String> answers =
        new ArrayDeque<>(List.of("Well...", "```{\"reason\":\"near\",\"result\":9}```"));
    ChatModel model = question -> ChatResponse.of(answers.remove());
    GraderSpec spec =
        new GraderSpec.ScoreModel(
            "style",
            "judge",
            List.of(Message.user("How good is {{sample.output_text}}?")),
            Map.of(),
            1,
            7,
            OptionalDouble.of(5));

    Grade grade = LocalGraders.withJudges(name -> model).of(spec).grade(EXAMPLE, "soup");

    assertThat(grade.score()).isEqualTo(7);
    assertThat(grade.passed()).isTrue();
    assertThat(grade.reason()).contains("near");
  }

  @Test
  void anUnknownLabelIsNotAVerdict() {
    ChatModel model = question -> ChatResponse.of("{\"reason\":\"\",\"result\":\"fine\"}");
    GraderSpec spec =
        new GraderSpec.LabelModel(
            "label",
            "judge",
            List.of(Message.user("Good?")),
            List.of("good", "bad"),
            List.of("good"));

    assertThatThrownBy(() -> LocalGraders.withJudges(name -> model).of(spec).grade(EXAMPLE, "soup"))
        .hasMessage(
            "The judge of \"label\" gave no verdict (one of [good, bad]) in 3 answers; the last was:"
                + " {\"reason\":\"\",\"result\":\"fine\"}");
  }

  @Test
  void cosineNeedsEmbeddingsButMeteorDoesNot() {
    GraderSpec cosine = GraderSpec.similarity("near", "answer", TextMetric.COSINE);
    GraderSpec meteor = GraderSpec.similarity("near", "answer", TextMetric.METEOR);
    LocalGraders withEmbeddings =
        graders.withEmbeddings(
            texts ->
                Embeddings.of(texts.stream().map(text -> new float[] {text.length()}).toList()));

    assertThat(withEmbeddings.of(cosine).grade(EXAMPLE, "soup").score()).isEqualTo(1);
    assertThat(withEmbeddings.of(cosine).grade(EXAMPLE, "").score()).isZero();
    assertThat(score(meteor, "egg and milk")).isBetween(0.9, 1.0);
    assertThatThrownBy(() -> graders.of(cosine))
        .hasMessage("The metric cosine needs embeddings: pass a model to withEmbeddings.");
  }

  @Test
  void pythonCodeIsRejected() {
    GraderSpec code =
        new GraderSpec.PythonCode("code", "def grade(s, i): return 1", java.util.Optional.empty());

    assertThatThrownBy(() -> graders.of(code)).hasMessageContaining("runs only at the service");
  }
}
