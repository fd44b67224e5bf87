package dev.finetune4j.huggingface.internal.trl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The runner's reward functions give the same scores as the graders. */
@DisabledOnOs(OS.WINDOWS)
final class TrlRewardsTest {
  private static final Path RUNNER =
      Path.of("src/main/resources/dev/finetune4j/huggingface/trl").toAbsolutePath();
  private static final Path SCRIPT = Path.of("src/test/python/rewards.py").toAbsolutePath();
  private static final List<String> ANSWERS =
      List.of("4", "four", "It is 4.", "{\"sum\":4}", "{\"sum\":\"4\",\"more\":[1]}", "");

  private final PromptExample example = PromptExample.of(List.of(Message.user("2 + 2 = ?")), "4");

  @Test
  void comparisonsAndFormulasScoreAsInJava() throws Exception {
    GraderSpec exact = GraderSpec.exactMatch("exact", "answer");
    GraderSpec named =
        new GraderSpec.StringCheck(
            "named",
            "{{ sample.output_json.sum }}",
            GraderSpec.item("answer"),
            StringOperation.EQUAL);
    GraderSpec contains =
        new GraderSpec.StringCheck(
            "contains", GraderSpec.ANSWER_TEXT, "IT IS", StringOperation.CONTAINS_IGNORING_CASE);
    GraderSpec all =
        new GraderSpec.Multi(
            "all",
            Map.of("exact", exact, "named", named, "contains", contains),
            "max(exact, 0.5 * named) + contains ^ 2 / 4 - min(exact, named)");

    for (GraderSpec spec : List.of(exact, named, contains, all)) {
      assertThat(rewards(spec)).as(spec.name()).isEqualTo(inJava(spec));
    }
  }

  @Test
  void callersCodeGetsTheAnswerAndTheReferences() throws Exception {
    GraderSpec shorter =
        new GraderSpec.PythonCode(
            "shorter",
            """
            def grade(sample, item):
                if sample["output_json"]:
                    return 0.5
                return item["answer"] in sample["output_text"] and 1 / len(sample["output_text"])
            """,
            Optional.empty());

    assertThat(rewards(shorter)).containsExactly(0.5, 0.0, 0.125, 0.5, 0.5, 0.0);
  }

  private List<Double> inJava(GraderSpec spec) {
    Grader grader = LocalGraders.withoutJudges().of(spec);
    return ANSWERS.stream().map(answer -> grader.grade(example, answer).score()).toList();
  }

  private static List<Double> rewards(GraderSpec spec) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "python3",
                SCRIPT.toString(),
                RUNNER.toString(),
                TrlRewards.of(spec).toString(),
                Json.write(ANSWERS),
                "{\"answer\":\"4\"}")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    List<?> scores = (List<?>) Objects.requireNonNull(Json.parse(output.strip()));
    return scores.stream().map(each -> ((Number) each).doubleValue()).toList();
  }
}
