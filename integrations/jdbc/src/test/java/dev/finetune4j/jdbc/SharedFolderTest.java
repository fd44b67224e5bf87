package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.workflow.RunStatus;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one folder with a file journal; here, beside the processes on one database. */
final class SharedFolderTest {
  private final RunId run = new RunId("run-1");

  @TempDir Path folder;

  @Test
  void aSecondProcessIsRefusedWhileTheFirstLivesAndTakesOverAfterItsKill() throws Exception {
    try (SimulatedAzure service = TuningPods.service()) {
      TuningPods pods = new TuningPods(folder.toString(), run, service);
      Process first = pods.start("AWAIT", "pod-1");
      TuningPods.readUntil(first, "start AWAIT");
      RunStatus working = pods.status();

      Process refused = pods.start(TuningPod.IMPATIENT, "pod-2");
      assertThat(refused.inputReader().lines().toList())
          .singleElement()
          .asString()
          .startsWith("lost: Run run-1 is under way in process " + first.pid() + " on ");
      first.destroyForcibly().waitFor();
      RunStatus alone = pods.status();
      Process second = pods.start(TuningPod.IMPATIENT, "pod-2");
      TuningPods.readUntil(second, "done");

      assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(working.state()).isEqualTo(RunStatus.State.WAITING);
      assertThat(working.owner().orElseThrow().process())
          .startsWith("process " + first.pid() + " on ");
      assertThat(alone.state()).isEqualTo(RunStatus.State.INTERRUPTED);
      assertThat(alone.owner()).isEmpty();
      assertThat(alone.step()).contains(Step.AWAIT);
      assertThat(pods.status().state()).isEqualTo(RunStatus.State.FINISHED);
      assertThat(service.jobsCreated()).isEqualTo(1);
      assertThat(service.deploymentsCreated()).isEqualTo(1);
    }
  }
}
