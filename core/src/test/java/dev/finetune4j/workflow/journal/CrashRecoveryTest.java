package dev.finetune4j.workflow.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.tck.CrashRecoveryContract;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.CrashingJournal;
import dev.finetune4j.workflow.CrashingJournal.Killed;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.Plans;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in files survive a crash at every single thing that they write. */
final class CrashRecoveryTest extends CrashRecoveryContract {
  private static final RunId RUN = new RunId("run-1");
  @TempDir Path directory;

  @Override
  protected WorkflowJournal openJournal() {
    return FileJournal.open(directory.resolve("runs"));
  }

  @Override
  protected LeaseRegistry openLeases(Time clock) {
    return FileLeaseRegistry.open(directory.resolve("leases"), clock);
  }

  @Test
  void everyRowOfTheTransitionTableIsVisitedByRunsThatCrashAndFail() throws Exception {
    Set<JournalTransition> visited = EnumSet.noneOf(JournalTransition.class);
    FakeClock time = new FakeClock();
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    provider.calls().beUnavailable(FakeOperation.FETCH_JOB, 1);
    InMemoryJournal journal = new InMemoryJournal();
    runUntilItEnds(journal, provider, time);

    List<JournalEntry> history = journal.read(RUN);
    for (int i = 0; i < history.size(); i++) {
      Optional<JournalEntry> earlier = i == 0 ? Optional.empty() : Optional.of(history.get(i - 1));
      JournalTransition.find(earlier, history.get(i)).ifPresent(visited::add);
    }

    assertThat(visited).containsExactlyInAnyOrder(JournalTransition.values());
  }

  private void runUntilItEnds(InMemoryJournal journal, FakeProvider provider, FakeClock time)
      throws InterruptedException {
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        WorkflowJournal used = attempt == 0 ? CrashingJournal.of(journal, 1, true) : journal;
        FineTuningWorkflow.builder(provider, used).time(time).build().run(RUN, plan());
      } catch (Killed | ProviderUnavailableException expected) {
        // The first attempt is killed, the second finds the provider out of reach.
      }
    }
  }

  private static FineTuningPlan plan() {
    return Plans.builder().build();
  }
}
