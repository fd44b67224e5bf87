package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.CostGrader;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.grading.judge.PairwiseJudge;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.grading.sql.SqlGrader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two graders that judge differently have different versions, in every process the same. */
final class GraderVersionsTest {
  private static final ChatModel MODEL = request -> ChatResponse.of("A");

  /** Prints the versions, for comparison with those of another process. */
  public static void main(String[] arguments) {
    System.out.write(String.join("\n", versions()).getBytes(StandardCharsets.UTF_8), 0, size());
    System.out.flush();
  }

  private static int size() {
    return String.join("\n", versions()).getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<String> versions() {
    return graders().map(Grader::version).toList();
  }

  @Test
  void everyParameterIsInTheVersion() {
    assertThat(versions()).doesNotContain("").doesNotHaveDuplicates();
  }

  @Test
  void anotherProcessGivesTheSameVersions() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GraderVersionsTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(printed).isEqualTo(String.join("\n", versions()));
  }

  @Test
  void aGraderAfterAnExtractionKeepsItsName() {
    assertThat(Extraction.json().before(Graders.jsonEquality()).name()).isEqualTo("JSON equality");
  }

  private static Stream<Grader> graders() {
    LocalGraders local = LocalGraders.withJudges(name -> MODEL);
    InferencePrice price = new InferencePrice(Money.dollars("1"), Money.dollars("2"));
    return Stream.of(
        Graders.exact(),
        Graders.normalised(),
        Graders.contains(),
        Graders.regex("a"),
        Graders.regex("b"),
        Graders.jsonEquality(),
        Graders.jsonSetF1(),
        Graders.jsonSetF1(0.5),
        Graders.jsonFieldF1(),
        Graders.jsonFieldF1(0.5),
        Graders.numeric(0),
        Graders.numeric(0.1),
        Graders.numeric(0.1, Locale.US),
        Graders.numeric(0.1, Locale.GERMANY),
        Graders.numericWithin(0.1),
        Graders.toolCalls(),
        Graders.toolCalls("others"),
        Graders.latencyWithin(Duration.ofSeconds(1)),
        Graders.latencyWithin(Duration.ofSeconds(2)),
        Graders.tokensWithin(1),
        Graders.tokensWithin(2),
        Graders.onReference("a", Graders.exact()),
        Graders.onReference("b", Graders.exact()),
        Graders.onReference("b", Graders.normalised()),
        Graders.onReference("b", named("mine")),
        Extraction.json().before(Graders.exact()),
        Extraction.codeFence().before(Graders.exact()),
        Extraction.lastLine().before(Graders.exact()),
        Extraction.withoutThinking().before(Graders.exact()),
        Extraction.withoutThinking().then(Extraction.json()).before(Graders.exact()),
        Extraction.codeFence().then(Extraction.json()).before(Graders.exact()),
        Extraction.group("a(b)").before(Graders.exact()),
        Extraction.group("a(c)").before(Graders.exact()),
        Extraction.json().before(Graders.jsonEquality()),
        JsonFieldGrader.builder().field("a", Graders.exact()).build(),
        JsonFieldGrader.builder().field("a", Graders.exact(), 2).build(),
        JsonFieldGrader.builder().field("a", Graders.normalised()).build(),
        JsonFieldGrader.builder().field("a", named("mine")).build(),
        JsonFieldGrader.builder().field("a", named("other")).build(),
        JsonFieldGrader.builder().field("b", Graders.exact()).build(),
        JsonFieldGrader.builder().field("a", Graders.exact()).field("b", Graders.exact()).build(),
        JsonFieldGrader.builder().field("a x 1.0 by exact; b", Graders.exact()).build(),
        SqlGrader.on(GraderVersionsTest::noConnection),
        SqlGrader.on(GraderVersionsTest::noConnection).onReference("sql"),
        SqlGrader.on(GraderVersionsTest::noConnection).withLimits(Duration.ofSeconds(3), 10_000),
        SqlGrader.on(GraderVersionsTest::noConnection).withLimits(Duration.ofSeconds(2), 10),
        PairwiseJudge.of(MODEL).againstReference(),
        PairwiseJudge.of(MODEL).instructed("Prefer the shorter.").againstReference(),
        CostGrader.within(price, Money.dollars("1")),
        CostGrader.within(price, Money.dollars("2")),
        local.of(check("a", StringOperation.EQUAL)),
        local.of(check("b", StringOperation.EQUAL)),
        local.of(check("a", StringOperation.CONTAINS)),
        local.of(similarity(TextMetric.BLEU, OptionalDouble.empty())),
        local.of(similarity(TextMetric.BLEU, OptionalDouble.of(0.5))),
        local.of(similarity(TextMetric.GLEU, OptionalDouble.empty())),
        local.of(score(0, 1, OptionalDouble.empty(), Map.of())),
        local.of(score(0, 10, OptionalDouble.empty(), Map.of())),
        local.of(score(0, 10, OptionalDouble.of(5), Map.of())),
        local.of(score(0, 10, OptionalDouble.of(5), Map.of("a", 1, "b", 2, "c", 3, "d", 4))),
        local.of(label(List.of("yes", "no"), List.of("yes"))),
        local.of(label(List.of("yes", "no"), List.of("no"))),
        local.of(multi("x + y")),
        local.of(multi("x - y")));
  }

  private static Grader named(String name) {
    return Graders.comparing((reference, answer) -> Grade.pass()).named(name);
  }

  private static java.sql.Connection noConnection() throws SQLException {
    throw new SQLException("There is none.");
  }

  private static GraderSpec check(String reference, StringOperation operation) {
    return new GraderSpec.StringCheck("check", "{{sample.output_text}}", reference, operation);
  }

  private static GraderSpec similarity(TextMetric metric, OptionalDouble threshold) {
    return new GraderSpec.TextSimilarity("alike", "{{sample.output_text}}", "a", metric, threshold);
  }

  private static GraderSpec score(
      double minimum, double maximum, OptionalDouble threshold, Map<String, Object> sampling) {
    return new GraderSpec.ScoreModel(
        "score",
        "judge-1",
        List.of(Message.user("Grade it.")),
        sampling,
        minimum,
        maximum,
        threshold);
  }

  private static GraderSpec label(List<String> labels, List<String> passing) {
    return new GraderSpec.LabelModel(
        "label", "judge-1", List.of(Message.user("Grade it.")), labels, passing);
  }

  private static GraderSpec multi(String formula) {
    return new GraderSpec.Multi(
        "both",
        Map.of("x", check("a", StringOperation.EQUAL), "y", check("b", StringOperation.EQUAL)),
        formula);
  }
}
