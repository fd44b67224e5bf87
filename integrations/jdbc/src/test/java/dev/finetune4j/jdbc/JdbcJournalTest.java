package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.tck.WorkflowJournalContract;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.ManualScheduler;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class JdbcJournalTest {
  private static final RunId RUN = new RunId("run-1");
  private static final JournalEntry STARTED =
      new StepStarted(Step.VALIDATE, Instant.parse("2026-11-22T12:00:00Z"), "abc");

  /** What the journal does in every database. */
  abstract static class Contract extends WorkflowJournalContract {
    final DataSource source = database().create();
    final FakeClock time = new FakeClock();

    abstract TestDatabase database();

    @Override
    protected WorkflowJournal open() {
      return journal("pod-1");
    }

    WorkflowJournal journal(String owner) {
      return JdbcStore.builder(source)
          .owner(owner)
          .heart(() -> new ManualScheduler(time))
          .open()
          .journal();
    }

    @Test
    void aRunWithoutHeartbeatIsTakenOverAndTheOldOwnerWritesNothingMore() throws Exception {
      RunClaim old = journal("pod-1").claim(RUN);
      SampleStorage.Records samples = old.samples().orElseThrow().open("zero-shot");
      old.append(STARTED);
      passTime(Duration.ofSeconds(61));

      RunClaim taken = journal("pod-2").claim(RUN);

      assertThat(open().owner(RUN)).map(RunOwner::process).contains("pod-2");
      assertThatThrownBy(() -> old.append(STARTED))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("given back or taken over by another process");
      assertThatThrownBy(old::requireHeld).isInstanceOf(JournalException.class);
      assertThatThrownBy(() -> samples.append("{}")).isInstanceOf(JournalException.class);
      assertThatThrownBy(() -> old.store("a.json", "x")).isInstanceOf(JournalException.class);
      old.close();
      taken.append(STARTED);
      assertThat(open().owner(RUN)).map(RunOwner::process).contains("pod-2");
      assertThat(open().read(RUN)).containsExactly(STARTED, STARTED);
    }

    @Test
    void aHeartbeatKeepsTheRun() throws Exception {
      RunClaim claim = journal("pod-1").claim(RUN);
      passTime(Duration.ofSeconds(50));
      time.advance(Duration.ofSeconds(10));
      passTime(Duration.ofSeconds(50));

      assertThatThrownBy(() -> journal("pod-2").claim(RUN))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith("Run run-1 is under way in pod-1; its last heartbeat was at ")
          .hasMessageContaining("the run can be taken over at ");
      claim.append(STARTED);
    }

    @Test
    void anOwnerThatWasOnlyLateKeepsTheRunThatNobodyTook() throws Exception {
      RunClaim claim = journal("pod-1").claim(RUN);
      passTime(Duration.ofSeconds(61));
      boolean isFree = open().owner(RUN).isEmpty();

      claim.append(STARTED);

      assertThat(isFree).isTrue();
      assertThat(open().owner(RUN)).map(RunOwner::process).contains("pod-1");
    }

    @Test
    void eightThreadsWriteEightRunsAndTheirSamples() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        RunId run = new RunId("run-" + i);
        writers.add(threads.submit(() -> write(run)));
      }

      for (Future<?> writer : writers) {
        writer.get();
      }
      threads.shutdown();

      assertThat(open().runs()).hasSize(8);
      assertThat(open().runs()).allSatisfy(run -> assertThat(open().read(run)).hasSize(20));
    }

    @Test
    void threadsThatAddSamplesAtOnceLoseNone() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try (RunClaim claim = open().claim(RUN);
          SampleStorage.Records records = claim.samples().orElseThrow().open("few-shot")) {
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          String record = "{\"n\":" + i + "}";
          writers.add(threads.submit(() -> records.append(record)));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
      }
      threads.shutdown();

      try (RunClaim claim = open().claim(RUN)) {
        assertThat(claim.samples().orElseThrow().open("few-shot").records())
            .hasSize(200)
            .doesNotHaveDuplicates();
      }
    }

    @Test
    void aTextAboveTheLimitIsRefusedBeforeItIsWritten() {
      try (RunClaim claim = JdbcStore.builder(source).longestText(10).open().journal().claim(RUN)) {
        assertThatThrownBy(() -> claim.store("a.json", "12345678901"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "a.json of run run-1 has 11 characters, above the limit of 10. Raise"
                    + " JdbcStore.Builder.longestText, or measure on fewer samples.");
      }
    }

    @Test
    void aTableThatWasDroppedIsNamedWithTheSuggestion() throws Exception {
      WorkflowJournal journal = open();
      Sqls.execute(source, "DROP TABLE finetune4j_text");

      assertThatThrownBy(() -> journal.load(RUN, "a.json"))
          .isInstanceOf(JournalException.class)
          .hasMessageStartingWith("Cannot read a.json of run run-1 in finetune4j_text: ")
          .hasMessageContaining("Apply the scripts that JdbcSchemaMain prints");
    }

    private void write(RunId run) {
      try (RunClaim claim = open().claim(run);
          SampleStorage.Records records = claim.samples().orElseThrow().open("zero-shot")) {
        for (int i = 0; i < 20; i++) {
          claim.append(STARTED);
          records.append("{}");
        }
      }
    }

    /** Sets back what the database noted, as if its clock had moved on. */
    private void passTime(Duration duration) throws Exception {
      Sqls.execute(
          source,
          ("UPDATE finetune4j_run SET heartbeat_at = heartbeat_at - %1$d * INTERVAL '1' SECOND,"
                  + " owned_until = owned_until - %1$d * INTERVAL '1' SECOND")
              .formatted(duration.toSeconds()));
    }
  }

  @Nested
  final class OnH2 extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.H2;
    }
  }

  @Nested
  @Tag("database")
  final class OnPostgres extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.POSTGRESQL;
    }
  }
}
