package dev.finetune4j.tuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.decision.Verdict;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.Plans;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.RunId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FineTunerTest {
  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();
  private final FineTuningPlan plan = Plans.builder().build();

  @Test
  void aRunReachesADecisionAndWritesItsReport() {
    FinishedRun run = FineTuner.in(directory, provider).run("first", plan);

    assertThat(run.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(run.tunedModel().provider()).isEqualTo(provider.id());
    assertThat(run.writeReport(directory)).isNotEmptyFile();
    assertThat(run.summary())
        .contains("zero-shot", "few-shot (2)", "fine-tuned against zero-shot: +100.0 points")
        .contains("Decision: use the tuned model (fine-tuned)");
  }

  @Test
  void theSameNameResumesTheRunWithoutAnotherRequest() {
    FineTuner tuner = FineTuner.in(directory, provider);
    tuner.run("first", plan);
    int jobs = provider.calls().count(FakeOperation.CREATE_JOB);
    int questions = provider.calls().count(FakeOperation.CHAT);

    FinishedRun again = FineTuner.in(directory, provider).run("first", plan);

    assertThat(again.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(jobs).isEqualTo(1);
    assertThat(provider.calls().count(FakeOperation.CHAT)).isEqualTo(questions);
    assertThat(tuner.runs()).containsExactly(new RunId("first"));
    assertThat(tuner.status("first").state()).isEqualTo(RunStatus.State.FINISHED);
  }

  @Test
  void anInterruptedRunHasNotFailedAndIsResumed() {
    FineTuner tuner = FineTuner.in(directory, provider);
    time.after(Duration.ofSeconds(42), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> tuner.run("first", plan))
        .isInstanceOf(OperationInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    RunStatus interrupted = tuner.status("first");
    tuner.run("first", plan);

    assertThat(interrupted.failure()).isEmpty();
    assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
  }

  @Test
  void cancellingDeletesTheDeploymentThatARunLeft() {
    FineTuner tuner = FineTuner.in(directory, provider);
    tuner.run("first", plan);

    tuner.cancel("first");

    assertThat(provider.standingDeployments()).isEmpty();
  }

  @Test
  void aDeploymentHasItsLeaseInTheDirectory() {
    FineTuner tuner = FineTuner.in(directory, provider);
    FinishedRun run = tuner.run("first", plan);

    try (DeployedModel bot = tuner.deploy(run.tunedModel(), "bot", Duration.ofHours(4))) {
      assertThat(bot.chat("123")).isEqualTo("321");
      assertThat(directory.resolve("leases")).isDirectoryContaining("glob:**/lease-*.json");
    }
  }

  @Test
  void progressIsPrintedLineByLine() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    FineTuner.in(directory, provider)
        .with(settings -> settings.listener(ConsoleProgress.to(out)).catalog(Plans.catalog()))
        .run("first", plan);

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .contains(
            "1/9 VALIDATE: checking the data",
            "   job is RUNNING",
            "9/9 SETTLE: keeping or deleting the deployment")
        .anyMatch(line -> line.matches(" {3}done: cost \\d.* USD for \\d+ trained tokens.*"))
        .anyMatch(line -> line.matches(" {3}step +\\d+(/\\d+)? {3}loss \\d\\.\\d{4}.*"))
        .anyMatch(line -> line.equals("   fine-tuned: 40 of 40 samples"));
  }
}
