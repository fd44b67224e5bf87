package dev.finetune4j.testkit.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.EvaluationReportFile;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.opentest4j.AssertionFailedError;

@ResourceLock(RegressionGate.PROPERTY)
final class RegressionGateTest {
  @TempDir private Path folder;

  @AfterEach
  void forgetTheProperty() {
    System.clearProperty(RegressionGate.PROPERTY);
  }

  @Test
  void aLossBeyondChanceFailsWithFiguresAndTheWorstSamples() {
    RegressionGate gate = RegressionGate.in(folder);
    EvaluationReportFile.write(gate.baselineFile("My Bot"), report(40, 36));

    RegressionGate.Check check = gate.check(report(40, 26), "exact");

    assertThatThrownBy(check::isNotWorseThanBaseline)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageStartingWith(
            "\"My Bot\" got worse by more than chance explains: My Bot against My Bot: -25.0 points")
        .hasMessageContaining("Better on 0, worse on 10 of 40 samples by \"exact\".")
        .hasMessageContaining("- sample 27: 0.00, was 1.00")
        .hasMessageContaining("- and 5 more")
        .hasMessageContaining("run with -Dfinetune4j.baseline=update and commit");
  }

  @Test
  void noiseFailsNothingUnlessAMarginAsksForProof() {
    RegressionGate gate = RegressionGate.in(folder);
    EvaluationReportFile.write(gate.baselineFile("My Bot"), report(40, 36));

    gate.check(report(40, 35), "exact").isNotWorseThanBaseline().scoresAtLeast(0.8);

    assertThatThrownBy(
            () -> gate.allowing(0.01).check(report(40, 35), "exact").isNotWorseThanBaseline())
        .hasMessageContaining("is not shown to have kept its quality")
        .hasMessageContaining("the margin is 1.0 points");
    assertThatThrownBy(() -> gate.check(report(40, 35), "exact").scoresAtLeast(0.9))
        .hasMessage(
            "\"My Bot\" scores 87.5 % by \"exact\" on 40 samples, and at least 90.0 % are asked"
                + " for.");
  }

  @Test
  void thePropertyWritesTheBaselineAnew() {
    RegressionGate gate = RegressionGate.in(folder.resolve("new"));

    System.setProperty(RegressionGate.PROPERTY, RegressionGate.UPDATE);
    gate.check(report(40, 10), "exact").isNotWorseThanBaseline();

    assertThat(folder.resolve("new/my-bot.json")).exists();
    assertThat(EvaluationReportFile.read(gate.baselineFile("My Bot"))).isEqualTo(report(40, 10));
  }

  @Test
  void aMissingBrokenOrForeignBaselineSaysWhatToDo() throws Exception {
    RegressionGate gate = RegressionGate.in(folder);

    assertThatThrownBy(() -> gate.check(report(40, 36), "exact").isNotWorseThanBaseline())
        .hasMessage(
            "There is no baseline at "
                + folder.resolve("my-bot.json")
                + ". Run once with -Dfinetune4j.baseline=update, look at the file and commit it.");
    Files.writeString(folder.resolve("my-bot.json"), "{");
    assertThatThrownBy(() -> gate.check(report(40, 36), "exact").isNotWorseThanBaseline())
        .hasMessageContaining("cannot be read");
    EvaluationReportFile.write(folder.resolve("my-bot.json"), report(41, 36));
    assertThatThrownBy(() -> gate.check(report(40, 36), "exact").isNotWorseThanBaseline())
        .hasMessageContaining("The baseline cannot be compared");
  }

  @Test
  void everyCheckIsWrittenForDashboards() throws Exception {
    RegressionGate gate = RegressionGate.in(folder).reportingTo(folder.resolve("xml"));
    EvaluationReportFile.write(gate.baselineFile("My Bot"), report(40, 36));

    gate.check(report(40, 36), "exact").isNotWorseThanBaseline();

    assertThat(Files.readString(folder.resolve("xml/TEST-my-bot.xml")))
        .contains("<testsuite name=\"My Bot against My Bot\"", "failures=\"0\"");
  }

  private static EvaluationReport report(int samples, int passed) {
    EvaluationReport.Builder report =
        EvaluationReport.builder("My Bot")
            .dataset("questions", new Fingerprint("0".repeat(64)))
            .grader("exact");
    for (int i = 0; i < samples; i++) {
      report.sample(
          SampleResult.builder(i)
              .prompt("question " + i)
              .reference("answer " + i)
              .answer(i < passed ? "answer " + i : "nonsense")
              .grade("exact", i < passed ? Grade.pass() : Grade.fail("not the same"))
              .build());
    }
    return report.build();
  }
}
