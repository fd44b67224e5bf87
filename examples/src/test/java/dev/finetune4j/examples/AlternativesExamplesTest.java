package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.examples.support.StandInJudge;
import dev.finetune4j.grading.judge.JudgeTally;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that measure before anything is tuned. */
final class AlternativesExamplesTest {
  @TempDir Path directory;

  @Test
  void theAlternativesAreMeasuredOnTheEmbeddedBaseBeforeAnythingIsTuned() throws Exception {
    List<String> lines =
        printed(
            () ->
                EvaluateBeforeYouPay.main(
                    new String[] {
                      "--directory", directory.toString(), "--examples-divisor", "25"
                    }));

    for (String name :
        List.of(
            "zero-shot",
            "strict prompt",
            "few-shot \\(2\\)",
            "nearest few-shot \\(2\\)",
            "retrieval \\(2\\)")) {
      assertThat(lines).anyMatch(line -> line.matches(name + " +\\d+\\.\\d % .*"));
    }
    assertThat(lines)
        .contains("Tuning has a chance; whether it takes it, only a tuned model shows.");
    assertThat(lines.get(lines.size() - 1))
        .matches("To find a gain of 10 points takes about \\d+ test examples; there are 4, .*");
  }

  @Test
  void aJudgeIsHeldAgainstAPersonAndItsRefusalsAreSeen() throws Exception {
    JudgeTally tally = new JudgeTally();

    Map<String, JudgeCalibration> found = CalibrateJudge.run(new StandInJudge(), tally);
    List<String> lines = printed(() -> CalibrateJudge.main(new String[0]));

    JudgeCalibration judge = Objects.requireNonNull(found.get("judge"));
    JudgeCalibration exact = Objects.requireNonNull(found.get("exact match"));
    assertThat(judge.kappa()).isGreaterThan(exact.kappa());
    assertThat(judge.ungraded()).isEqualTo(4);
    assertThat(tally.counts().refusals()).isEqualTo(4);
    assertThat(judge.disagreements())
        .anyMatch(each -> each.labelled().answer().equals("You may not return it within 30 days."));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("The judge was asked 24 times: 20 verdicts, 0 unusable answers, 4");
  }

  private interface Code {
    void run() throws Exception;
  }

  private static List<String> printed(Code code) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      code.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
