package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.CrashingJournal.Killed;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledEvaluationTest {
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();
  private final Map<String, Integer> answered = new HashMap<>();

  private WorkflowResult run(ChatModel base) throws InterruptedException {
    try (FileJournal journal = FileJournal.open(directory)) {
      return FineTuningWorkflow.builder(provider, journal)
          .time(time)
          .build()
          .run(RUN, Plans.builder().baselineModel(base).concurrency(1).build());
    }
  }

  @Test
  void aRunThatDiesWhileItMeasuresAsksNoAnsweredQuestionAgain() throws Exception {
    ChatModel counting =
        request -> {
          answered.merge(request.messages().toString(), 1, Integer::sum);
          return Plans.right().chat(request);
        };
    ChatModel dying =
        request -> {
          if (answered.size() == 53) {
            throw new Killed();
          }
          return counting.chat(request);
        };
    assertThatThrownBy(() -> run(dying)).isInstanceOf(Killed.class);

    WorkflowResult result = run(counting);

    // Two alternatives of forty samples; the second was killed at its fourteenth.
    assertThat(answered)
        .hasSize(80)
        .allSatisfy((question, times) -> assertThat(times).isEqualTo(1));
    assertThat(result.baselineReports())
        .allSatisfy(report -> assertThat(report.score("exact").passRate()).isEqualTo(1));
  }
}
