package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.chat.Message;
import dev.finetune4j.grading.spec.GraderSpec;
import java.util.List;
import java.util.Map;

/** What a judge is asked where promptfoo asks one. Stateless. */
final class JudgeWords {
  private static final String ANSWER = "\n\nThe answer:\n" + GraderSpec.ANSWER_TEXT;
  private static final String EXPECTED = GraderSpec.item("expected");
  private static final String QUESTION = "The question:\n" + GraderSpec.item("question");

  private JudgeWords() {}

  static GraderSpec spec(Assertion assertion, AssertionType type) {
    List<Message> messages = List.of(Message.system(task(type)), Message.user(request(type)));
    if (assertion.threshold().isPresent()) {
      return new GraderSpec.ScoreModel(
          assertion.name(), assertion.judge(), messages, Map.of(), 0, 1, assertion.threshold());
    }
    return new GraderSpec.LabelModel(
        assertion.name(), assertion.judge(), messages, List.of("pass", "fail"), List.of("pass"));
  }

  private static String task(AssertionType type) {
    return switch (type) {
      case FACTUALITY ->
          "You compare the facts of an answer with those of a reference written by an expert."
              + " Style and length do not matter. It passes unless it contradicts the reference.";
      case CLOSED_QUESTION ->
          "You decide whether an answer to a question meets a criterion. Judge by the criterion"
              + " alone.";
      default -> "You decide whether an answer meets a rubric. Judge by the rubric alone.";
    };
  }

  private static String request(AssertionType type) {
    return switch (type) {
      case FACTUALITY -> QUESTION + "\n\nThe reference:\n" + EXPECTED + ANSWER;
      case CLOSED_QUESTION -> QUESTION + "\n\nThe criterion:\n" + EXPECTED + ANSWER;
      default -> "The rubric:\n" + EXPECTED + ANSWER;
    };
  }
}
