package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.decision.Verdict;
import dev.finetune4j.deployment.FileLeaseBook;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.workflow.CrashingJournal.Killed;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the application at every single thing that it writes, before and after, and starts it
 * again.
 */
final class CrashRecoveryTest {
  private static final RunId RUN = new RunId("run-1");
  private static final int MORE_THAN_ALL_WRITES = 100;

  @TempDir Path directory;

  @Test
  void aRunKilledAtAnyWriteEndsWithOneJobAndTheSameDecision() throws Exception {
    int kills = 0;
    for (int write = 1; write < MORE_THAN_ALL_WRITES; write++) {
      boolean before = killAndResume(write, false);
      boolean after = killAndResume(write, true);
      kills += (before ? 1 : 0) + (after ? 1 : 0);
      if (!before && !after) {
        break;
      }
    }

    assertThat(kills).isGreaterThan(40);
  }

  @Test
  void everyRowOfTheTransitionTableIsVisitedByRunsThatCrashAndFail() throws Exception {
    Set<JournalTransition> visited = EnumSet.noneOf(JournalTransition.class);
    ManualTime time = new ManualTime();
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

  private void runUntilItEnds(InMemoryJournal journal, FakeProvider provider, ManualTime time)
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

  /** Returns whether the run was killed: not, once it has fewer writes than {@code write}. */
  private boolean killAndResume(int write, boolean afterWriting) throws Exception {
    Path place = directory.resolve(write + (afterWriting ? "-after" : "-before"));
    ManualTime time = new ManualTime();
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    boolean killed = false;
    try (FileJournal files = FileJournal.open(place)) {
      run(CrashingJournal.of(files, write, afterWriting), provider, place, time);
    } catch (Killed expected) {
      killed = true;
    }
    try (FileJournal files = FileJournal.open(place)) {
      WorkflowResult result = run(files, provider, place, time);

      assertThat(result.decision().verdict()).isEqualTo(Verdict.FINE_TUNE);
      assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
      assertThat(provider.standingDeployments()).hasSize(1);
    }
    return killed;
  }

  private static WorkflowResult run(
      WorkflowJournal journal, FakeProvider provider, Path place, ManualTime time)
      throws InterruptedException {
    return FineTuningWorkflow.builder(provider, journal)
        .time(time)
        .leases(FileLeaseBook.open(place.resolve("leases"), time))
        .catalog(Plans.catalog())
        .build()
        .run(RUN, plan());
  }

  private static FineTuningPlan plan() {
    return Plans.builder().build();
  }
}
