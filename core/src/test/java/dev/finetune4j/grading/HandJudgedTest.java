package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.judge.Judge;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Graders agree with people. Each line of the table was judged twice, the second time in another
 * order and without the first judgement: would a careful reader who knows the reference accept the
 * answer? Lines on which the two differ, or which are unclear, are kept and not asserted.
 */
final class HandJudgedTest {
  private static final Path TABLE = Path.of("src/test/resources/hand-judged.jsonl");
  private static final Map<String, Grader> GRADERS =
      Map.of(
          "numeric", Graders.numeric(0),
          "numeric de", Graders.numeric(0, Locale.GERMANY),
          "numeric us", Graders.numeric(0, Locale.US),
          "normalised", Graders.normalised(),
          "json",
              Extraction.withoutThinking().then(Extraction.json()).before(Graders.jsonEquality()),
          "last line", Extraction.lastLine().before(Graders.exact()),
          "fence", Extraction.codeFence().before(Graders.exact()),
          "no thinking", Extraction.withoutThinking().before(Graders.exact()));

  @Test
  void gradersAgreeWithTheTable() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (JsonObject line : table()) {
      Object judged = line.asMap().get("first");
      if (isAgreed(line) && !agrees(line, Objects.requireNonNull(judged))) {
        wrong.add(line + " but was " + given(line));
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void theTableIsLargeAndNearlyAlwaysJudgedAlike() throws IOException {
    List<JsonObject> table = table();

    assertThat(table).hasSizeGreaterThanOrEqualTo(300);
    assertThat(table.stream().filter(HandJudgedTest::isAgreed).count())
        .isGreaterThan(table.size() * 9 / 10);
  }

  private static boolean agrees(JsonObject line, Object judged) {
    String given = given(line);
    return judged.equals("not pass") ? !given.equals("pass") : given.equals(String.valueOf(judged));
  }

  private static String given(JsonObject line) {
    String task = line.requireString("task");
    String answer = line.requireString("answer");
    if (task.equals("judge") || task.equals("score")) {
      return verdict(
          task.equals("judge")
              ? Judge.choosing("j", request -> ChatResponse.of(answer), List.of("pass", "fail"))
              : Judge.scoring("j", request -> ChatResponse.of(answer), 0, 10));
    }
    Grade grade =
        Objects.requireNonNull(GRADERS.get(task), task)
            .grade(
                PromptExample.of(List.of(Message.user("?")), line.requireString("reference")),
                answer);
    return grade.passed() ? "accept" : "refuse";
  }

  private static String verdict(Judge judge) {
    try {
      Object result = judge.verdict(List.of(Message.user("?"))).result();
      return result instanceof Number number
          ? String.valueOf(number.doubleValue())
          : result.toString();
    } catch (IllegalStateException none) {
      return "none";
    }
  }

  private static boolean isAgreed(JsonObject line) {
    Object first = Objects.requireNonNull(line.asMap().get("first"));
    return first.equals(line.asMap().get("second")) && !first.equals("unclear");
  }

  private static List<JsonObject> table() throws IOException {
    return Files.readAllLines(TABLE).stream().map(Json::parseObject).toList();
  }
}
