package dev.finetune4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.workflow.JournalEntry;
import dev.finetune4j.workflow.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.JournalEntry.StepFailed;
import dev.finetune4j.workflow.JournalEntry.StepStarted;
import dev.finetune4j.workflow.JournalException;
import dev.finetune4j.workflow.RunClaim;
import dev.finetune4j.workflow.RunId;
import dev.finetune4j.workflow.RunOwner;
import dev.finetune4j.workflow.Step;
import dev.finetune4j.workflow.WorkflowJournal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link WorkflowJournal} does. Extend it in the tests of a journal. */
public abstract class WorkflowJournalContract {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final JournalEntry STARTED = new StepStarted(Step.VALIDATE, NOON, "abc");
  private static final JournalEntry COMPLETED =
      new StepCompleted(Step.VALIDATE, NOON.plusSeconds(1), Map.of("examples", "12"));

  /** For subclasses. */
  protected WorkflowJournalContract() {}

  /**
   * Returns a journal; each call in one test gives access to the same runs, as another process
   * would have where the journal is shared.
   */
  protected abstract WorkflowJournal open();

  @Test
  void appendedEntriesAreReadInTheirOrder() {
    JournalEntry next = new StepStarted(Step.ESTIMATE, NOON, "abc");
    JournalEntry failed = new StepFailed(Step.ESTIMATE, NOON, "too \"dear\"\nä\u0000", true);

    try (RunClaim claim = open().claim(RUN)) {
      List.of(STARTED, COMPLETED, next, failed).forEach(claim::append);
    }

    assertThat(open().read(RUN)).containsExactly(STARTED, COMPLETED, next, failed);
    assertThat(open().read(OTHER)).isEmpty();
  }

  @Test
  void anEntryThatMayNotFollowIsRefusedAndNotWritten() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.append(STARTED);

      assertThatThrownBy(() -> claim.append(new StepStarted(Step.SUBMIT, NOON, "abc")))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("StepStarted(SUBMIT) cannot follow StepStarted(VALIDATE)");
    }

    assertThat(open().read(RUN)).containsExactly(STARTED);
  }

  @Test
  void aRunHasOneClaimAtATime() {
    try (RunClaim claim = open().claim(RUN)) {
      assertThatThrownBy(() -> open().claim(RUN))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("Run run-1 is under way in ");
      assertThat(open().owner(RUN)).map(RunOwner::process).isPresent();
      assertThat(open().owner(OTHER)).isEmpty();
      claim.append(STARTED);
    }

    assertThat(open().owner(RUN)).isEmpty();
    open().claim(RUN).close();
  }

  @Test
  void aClaimThatWasGivenBackWritesNothing() {
    RunClaim claim = open().claim(RUN);
    claim.close();
    claim.close();

    assertThatThrownBy(() -> claim.append(STARTED)).isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> claim.store("estimate.json", "x"))
        .isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> claim.noteProgress("x")).isInstanceOf(JournalException.class);
    assertThat(open().read(RUN)).isEmpty();
  }

  @Test
  void closingTheJournalGivesItsClaimsBack() {
    WorkflowJournal journal = open();
    RunClaim claim = journal.claim(RUN);

    journal.close();

    assertThatThrownBy(() -> claim.append(STARTED)).isInstanceOf(JournalException.class);
    open().claim(RUN).close();
  }

  @Test
  void aStoredTextReplacesTheOneBefore() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.store("estimate.json", "old");
      claim.store("estimate.json", "new ä 😀");
    }

    assertThat(open().load(RUN, "estimate.json")).contains("new ä 😀");
    assertThat(open().load(RUN, "other.json")).isEmpty();
    assertThat(open().load(OTHER, "estimate.json")).isEmpty();
  }

  @Test
  void progressIsTheLastNote() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.noteProgress("1 of 2");
      claim.noteProgress("2 of 2");
    }

    assertThat(open().progress(RUN)).contains("2 of 2");
    assertThat(open().progress(OTHER)).isEmpty();
  }

  @Test
  void runsThatWereClaimedAreListedInTheOrderOfTheirIds() {
    open().claim(OTHER).close();
    open().claim(new RunId("Run-3")).close();
    open().claim(RUN).close();

    assertThat(open().runs()).extracting(RunId::value).containsExactly("Run-3", "run-1", "run-2");
  }

  @Test
  void anyoneMayRequestACancellationAndItStays() {
    try (RunClaim claim = open().claim(RUN)) {
      boolean before = open().isCancelRequested(RUN);
      open().requestCancel(RUN);
      open().requestCancel(RUN);

      assertThat(before).isFalse();
      assertThat(open().isCancelRequested(claim.run())).isTrue();
    }

    assertThat(open().isCancelRequested(RUN)).isTrue();
    assertThat(open().isCancelRequested(OTHER)).isFalse();
  }

  @Test
  void samplesAreThereForTheNextClaim() {
    try (RunClaim claim = open().claim(RUN)) {
      if (claim.samples().isEmpty()) {
        return;
      }
      SampleStorage samples = claim.samples().get();
      try (SampleStorage.Records records = samples.open("zero-shot-1")) {
        assertThat(records.records()).isEmpty();
        assertThatThrownBy(() -> samples.open("zero-shot-1"))
            .isInstanceOf(IllegalStateException.class);
        records.append("{\"a\":1}");
        records.append("{\"b\":2}");
      }
    }

    try (RunClaim claim = open().claim(RUN);
        SampleStorage.Records records = claim.samples().orElseThrow().open("zero-shot-1")) {
      assertThat(records.records()).containsExactly("{\"a\":1}", "{\"b\":2}");
      records.append("{\"c\":3}");
    }
    try (RunClaim claim = open().claim(RUN);
        SampleStorage.Records records = claim.samples().orElseThrow().open("zero-shot-1")) {
      assertThat(records.records()).hasSize(3);
    }
  }
}
