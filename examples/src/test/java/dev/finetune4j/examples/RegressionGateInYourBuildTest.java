package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.support.TicketKeywords;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.evaluation.RegressionGate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How an application keeps its model's quality: the baseline is committed beside the test. */
final class RegressionGateInYourBuildTest {
  @RegisterExtension
  static final RegressionGate gate = RegressionGate.in(Path.of("src/test/evaluations"));

  @Test
  void theTicketSorterIsNotWorseThanItWas() throws InterruptedException {
    EvaluationReport report = RegressionGateInYourBuild.measured(new TicketKeywords());

    gate.check(report, "exact").isNotWorseThanBaseline().scoresAtLeast(0.9);
  }

  @Test
  void aBrokenSorterFailsTheBuild() throws InterruptedException {
    EvaluationReport report =
        RegressionGateInYourBuild.measured(request -> ChatResponse.of("Hardware"));

    assertThatThrownBy(() -> gate.check(report, "exact").isNotWorseThanBaseline())
        .hasMessageContaining("got worse by more than chance explains")
        .hasMessageContaining("-50.0 points")
        .hasMessageContaining("asked:");
  }
}
