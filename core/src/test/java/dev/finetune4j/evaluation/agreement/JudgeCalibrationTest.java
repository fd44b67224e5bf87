package dev.finetune4j.evaluation.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class JudgeCalibrationTest {
  private static final PromptExample EXAMPLE =
      PromptExample.of(List.of(Message.user("How much?")), "10");

  /** Nine right answers and one wrong one. */
  private static List<LabelledAnswer> mostlyRight() {
    List<LabelledAnswer> labelled = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      labelled.add(LabelledAnswer.right(EXAMPLE, "10"));
    }
    labelled.add(LabelledAnswer.wrong(EXAMPLE, "11"));
    return labelled;
  }

  @Test
  void aGraderWithPeoplesVerdictsAgreesFully() {
    JudgeCalibration calibration = JudgeCalibration.of(Graders.exact(), mostlyRight());

    assertThat(calibration.agreement()).isEqualTo(1);
    assertThat(calibration.kappa()).isEqualTo(1);
    assertThat(calibration.isSubstantial()).isTrue();
    assertThat(calibration.disagreements()).isEmpty();
  }

  @Test
  void aJudgeThatPassesEverythingHasNoKappa() {
    JudgeCalibration calibration =
        JudgeCalibration.of((example, answer) -> Grade.pass(), mostlyRight());

    assertThat(calibration.agreement()).isEqualTo(0.9);
    assertThat(calibration.kappa()).isCloseTo(0, within(1e-12));
    assertThat(calibration.wronglyPassed()).isEqualTo(1);
    assertThat(calibration.isSubstantial()).isFalse();
    assertThat(calibration.disagreements()).hasSize(1);
  }

  @Test
  void refusalsOfTheJudgeAreCounted() {
    JudgeCalibration calibration =
        JudgeCalibration.of(
            (example, answer) -> {
              if (answer.equals("11")) {
                throw new IllegalStateException("The judge refused.");
              }
              return Grade.pass();
            },
            mostlyRight());

    assertThat(calibration.ungraded()).isEqualTo(1);
    assertThat(calibration.kappa()).isNaN();
    assertThat(calibration.isSubstantial()).isFalse();
    assertThat(calibration.disagreements().get(0).failure()).isEqualTo("The judge refused.");
    assertThat(calibration.summary())
        .startsWith("10 answers: agreement 100.0 % (66.4 to 100.0), kappa NaN")
        .endsWith("0 wrongly passed, 0 wrongly failed, 1 not graded.");
  }

  @Test
  void scoresAreComparedByRank() {
    List<LabelledAnswer> labelled =
        List.of(
            LabelledAnswer.scored(EXAMPLE, "aaaa", 5, 3),
            LabelledAnswer.scored(EXAMPLE, "aaa", 4, 3),
            LabelledAnswer.scored(EXAMPLE, "a", 1, 3));

    JudgeCalibration calibration =
        JudgeCalibration.of((example, answer) -> Grade.of(answer.length() / 10.0, 0.3), labelled);

    assertThat(calibration.spearman()).isCloseTo(1, within(1e-12));
    assertThat(calibration.kendall()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aCalibrationNeedsAnswers() {
    assertThatThrownBy(() -> JudgeCalibration.of(Graders.exact(), List.of()))
        .hasMessage("A calibration needs at least one answer that a person graded.");
  }

  @Test
  void aMissingAnswerIsAWrongLabel() throws InterruptedException {
    List<PromptExample> examples =
        List.of(
            PromptExample.of(List.of(Message.user("Money back?")), "refund"),
            PromptExample.of(List.of(Message.user("Where is it?")), "order"),
            PromptExample.of(List.of(Message.user("Broken line")), "order"));
    EvaluationReport report =
        Evaluation.builder(Dataset.of("routing", PromptExample.class, examples))
            .grader("exact", Graders.exact())
            .build()
            .run(
                "base",
                request -> {
                  String question = request.messages().get(0).text();
                  if (question.startsWith("Broken")) {
                    throw new IllegalStateException("The line broke.");
                  }
                  return ChatResponse.of(" REFUND\n");
                });

    Classification classes =
        Classification.of(report, text -> text.strip().toLowerCase(Locale.ROOT));

    assertThat(classes.accuracy()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(classes.matrix().count("order", Classification.NO_ANSWER)).isEqualTo(1);
    assertThat(classes.macroF1()).isCloseTo((2.0 / 3 + 0) / 2, within(1e-12));
  }
}
