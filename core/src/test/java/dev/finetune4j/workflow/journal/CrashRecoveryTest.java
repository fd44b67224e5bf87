package dev.finetune4j.workflow.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.tck.CrashRecoveryContract;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.InterceptedJournal;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.Plans;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in files survive a crash at every write and during an evaluation. */
final class CrashRecoveryTest extends CrashRecoveryContract {
  private static final RunId RUN = new RunId("run-1");

  @TempDir Path directory;

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();

  /** The nearest thing to a kill within one JVM, which no code catches. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  protected WorkflowJournal openJournal() {
    return FileJournal.open(directory.resolve("runs"));
  }

  @Override
  protected LeaseRegistry openLeases(Time clock) {
    return FileLeaseRegistry.open(directory.resolve("leases"), clock);
  }

  @Test
  void runsThatCrashAndFailUseEveryTransition() {
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 1);
    WorkflowJournal journal = new InMemoryJournal();
    AtomicInteger writes = new AtomicInteger();
    WorkflowJournal crashing =
        new InterceptedJournal(
            journal,
            write -> {
              write.run();
              // The first write stores the plan, the second begins the first step.
              if (writes.incrementAndGet() == 2) {
                throw new Killed();
              }
            });
    FineTuningPlan plan = Plans.builder().build();

    assertThatThrownBy(() -> run(crashing, plan)).isInstanceOf(Killed.class);
    assertThatThrownBy(() -> run(journal, plan)).isInstanceOf(ProviderUnavailableException.class);
    run(journal, plan);

    Set<JournalTransition> used = EnumSet.noneOf(JournalTransition.class);
    List<JournalEntry> history = journal.read(RUN);
    for (int i = 0; i < history.size(); i++) {
      Optional<JournalEntry> earlier = i == 0 ? Optional.empty() : Optional.of(history.get(i - 1));
      JournalTransition.find(earlier, history.get(i)).ifPresent(used::add);
    }
    assertThat(used).containsExactlyInAnyOrder(JournalTransition.values());
  }

  @Test
  void aRunKilledDuringAnEvaluationRepeatsNoAnsweredQuestion() {
    Map<String, Integer> answered = new HashMap<>();
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
    assertThatThrownBy(() -> evaluate(dying)).isInstanceOf(Killed.class);

    WorkflowResult result = evaluate(counting);

    // Two baselines of forty samples each; the second was killed at its fourteenth.
    assertThat(answered)
        .hasSize(80)
        .allSatisfy((question, times) -> assertThat(times).isEqualTo(1));
    assertThat(result.baselineReports())
        .allSatisfy(report -> assertThat(report.score("exact").passRate()).isEqualTo(1));
  }

  private WorkflowResult evaluate(ChatModel base) {
    try (WorkflowJournal journal = openJournal()) {
      return run(journal, Plans.builder().baselineModel(base).concurrency(1).build());
    }
  }

  private WorkflowResult run(WorkflowJournal journal, FineTuningPlan plan) {
    return FineTuningWorkflow.builder(provider, journal).time(time).build().run(RUN, plan);
  }
}
