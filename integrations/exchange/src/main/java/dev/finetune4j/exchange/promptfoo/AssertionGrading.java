package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Grades an answer by one assertion, with promptfoo's meaning. Immutable and thread-safe. */
final class AssertionGrading {
  private static final String EXPECTED = "expected";
  private final LocalGraders graders;

  AssertionGrading(LocalGraders graders) {
    this.graders = graders;
  }

  /** Returns the grade; the assertion runs here. */
  Grade grade(
      Assertion assertion,
      PromptExample example,
      SampledAnswer answer,
      Map<String, @Nullable Object> values) {
    AssertionType type = assertion.type().orElseThrow();
    if (type == AssertionType.SET) {
      return WeightedGrades.of(
          assertion.parts().stream().filter(Assertion::isRunnable).toList(),
          assertion.threshold(),
          part -> grade(part, example, answer, values));
    }
    Object value = Nunjucks.fillTree(assertion.value(), values);
    Grade grade =
        type.isJudged() || type.isSimilarity()
            ? bySpec(assertion, type, example, answer, value)
            : deterministic(assertion, type, example, answer, value);
    return assertion.isInverse() ? inverse(grade, assertion) : grade;
  }

  private Grade deterministic(
      Assertion assertion,
      AssertionType type,
      PromptExample example,
      SampledAnswer answer,
      @Nullable Object value) {
    String text = answer.text();
    return switch (type) {
      case IS_JSON, CONTAINS_JSON -> json(type, example, text, value);
      case LATENCY ->
          Graders.latencyWithin(Duration.ofMillis(Math.round(assertion.threshold().orElse(0))))
              .grade(example, answer);
      case LEVENSHTEIN -> {
        int distance = Levenshtein.distance(text, Nunjucks.shown(value));
        double most = assertion.threshold().orElse(type.usualThreshold());
        yield distance <= most
            ? Grade.pass()
            : Grade.fail(distance + " letters differ; at most " + most + " may.");
      }
      default -> TextAssertions.grade(type, text, value, assertion.texts(value));
    };
  }

  private static Grade json(
      AssertionType type, PromptExample example, String text, @Nullable Object value) {
    List<String> candidates =
        type == AssertionType.IS_JSON ? List.of(text) : TextAssertions.jsonIn(text);
    if (candidates.isEmpty()) {
      return Grade.fail("The answer contains no JSON.");
    }
    Grade last = Grade.fail("The answer is not JSON.");
    for (String candidate : candidates) {
      last =
          value == null || value.equals("")
              ? TextAssertions.isJson(candidate)
              : Graders.jsonSchema(schema(value)).grade(example, candidate);
      if (last.passed()) {
        return last;
      }
    }
    return last;
  }

  private static String schema(Object value) {
    // The schema may be given as text, in YAML or JSON.
    return Json.write(
        value instanceof String text ? YamlText.parse(text, "the schema").tree() : value);
  }

  private Grade bySpec(
      Assertion assertion,
      AssertionType type,
      PromptExample example,
      SampledAnswer answer,
      @Nullable Object value) {
    Map<String, ReferenceValue> reference = new LinkedHashMap<>();
    reference.put("question", ReferenceValue.text(Conversation.shown(example.prompt())));
    Grade best = Grade.fail("There is nothing to compare with.");
    List<?> expected = value instanceof List<?> list ? list : List.of(Nunjucks.shown(value));
    for (Object each : expected) {
      reference.put(EXPECTED, ReferenceValue.text(Nunjucks.shown(each)));
      Grader grader = graders.of(spec(assertion, type));
      Grade grade =
          grader.grade(new PromptExample(example.prompt(), reference, example.tools()), answer);
      if (grade.passed()) {
        return grade;
      }
      best = grade.score() >= best.score() ? grade : best;
    }
    return best;
  }

  static GraderSpec spec(Assertion assertion, AssertionType type) {
    String expected = GraderSpec.item(EXPECTED);
    if (type.isJudged()) {
      return JudgeWords.spec(assertion, type);
    }
    TextMetric metric =
        switch (type) {
          case ROUGE_N -> TextMetric.ROUGE_1;
          case BLEU -> TextMetric.BLEU;
          case GLEU -> TextMetric.GLEU;
          case METEOR -> TextMetric.METEOR;
          default -> TextMetric.COSINE;
        };
    return new GraderSpec.TextSimilarity(
        assertion.name(),
        GraderSpec.ANSWER_TEXT,
        expected,
        metric,
        OptionalDouble.of(assertion.threshold().orElse(type.usualThreshold())));
  }

  private static Grade inverse(Grade grade, Assertion assertion) {
    String why = grade.passed() ? "It holds, and must not: " + assertion.typeWord() + "." : "";
    return new Grade(
        1 - grade.score(), !grade.passed(), why.isEmpty() ? Optional.empty() : Optional.of(why));
  }
}
