package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunClaim;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of every {@link WorkflowJournal}; extend it in the tests of a journal. */
public abstract class WorkflowJournalContract {
  private static final RunId RUN = new RunId("run-1");
  private static final RunId OTHER = new RunId("run-2");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final JournalEntry STARTED = new StepStarted(Step.VALIDATE, NOON, "abc");
  private static final JournalEntry COMPLETED =
      new StepCompleted(Step.VALIDATE, NOON.plusSeconds(1), Map.of("examples", "12"));

  /** For subclasses. */
  protected WorkflowJournalContract() {}

  /** Opens the journal; each call in one test opens the same runs, as another process would. */
  protected abstract WorkflowJournal open();

  @Test
  void appendedEntriesAreReadInOrder() {
    JournalEntry next = new StepStarted(Step.ESTIMATE, NOON, "abc");
    JournalEntry failed = new StepFailed(Step.ESTIMATE, NOON, "too \"dear\"\nä\u0000", true);

    try (RunClaim claim = open().claim(RUN)) {
      List.of(STARTED, COMPLETED, next, failed).forEach(claim::append);
    }

    assertEquals(List.of(STARTED, COMPLETED, next, failed), open().read(RUN));
    assertEquals(List.of(), open().read(OTHER));
  }

  @Test
  void anEntryThatMustNotFollowIsRefused() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.append(STARTED);

      JournalException refusal =
          assertThrows(
              JournalException.class,
              () -> claim.append(new StepStarted(Step.SUBMIT, NOON, "abc")));

      assertContains("StepStarted(SUBMIT) cannot follow StepStarted(VALIDATE)", refusal);
    }

    assertEquals(List.of(STARTED), open().read(RUN));
  }

  @Test
  void aRunHasOneClaimAtATime() {
    try (RunClaim claim = open().claim(RUN)) {
      JournalException refusal = assertThrows(JournalException.class, () -> open().claim(RUN));

      assertContains("Run run-1 is already running in ", refusal);
      assertTrue(open().owner(RUN).isPresent());
      assertEquals(Optional.empty(), open().owner(OTHER));
      claim.append(STARTED);
    }

    assertEquals(Optional.empty(), open().owner(RUN));
    open().claim(RUN).close();
  }

  @Test
  void aClosedClaimWritesNothing() {
    RunClaim claim = open().claim(RUN);
    claim.requireHeld();
    claim.close();
    claim.close();

    assertThrows(JournalException.class, claim::requireHeld);
    assertThrows(JournalException.class, () -> claim.append(STARTED));
    assertThrows(JournalException.class, () -> claim.store("estimate.json", "x"));
    assertThrows(JournalException.class, () -> claim.noteProgress("x"));
    assertEquals(List.of(), open().read(RUN));
  }

  @Test
  void anInterruptedThreadCanCloseItsClaim() {
    RunClaim claim = open().claim(RUN);
    Thread.currentThread().interrupt();

    claim.close();

    assertTrue(Thread.interrupted());
    assertEquals(Optional.empty(), open().owner(RUN));
  }

  @Test
  void closingTheJournalClosesItsClaims() {
    WorkflowJournal journal = open();
    RunClaim claim = journal.claim(RUN);

    journal.close();

    assertThrows(JournalException.class, claim::requireHeld);
    assertThrows(JournalException.class, () -> claim.append(STARTED));
    open().claim(RUN).close();
  }

  @Test
  void aStoredTextReplacesThePreviousOne() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.store("estimate.json", "old");
      claim.store("estimate.json", "new ä 😀");
    }

    assertEquals(Optional.of("new ä 😀"), open().load(RUN, "estimate.json"));
    assertEquals(Optional.empty(), open().load(RUN, "other.json"));
    assertEquals(Optional.empty(), open().load(OTHER, "estimate.json"));
  }

  @Test
  void progressIsTheLastNotedText() {
    try (RunClaim claim = open().claim(RUN)) {
      claim.noteProgress("1 of 2");
      claim.noteProgress("2 of 2");
    }

    assertEquals(Optional.of("2 of 2"), open().progress(RUN));
    assertEquals(Optional.empty(), open().progress(OTHER));
  }

  @Test
  void leasesAreSeenThroughAnotherObjectOfTheSameJournal() {
    DeploymentSpec spec =
        DeploymentSpec.of(
            new ModelReference(new ProviderId("fake"), "ft:base:job-1"),
            "recipes",
            Capacity.serverless());
    Time time = Time.system();
    WorkflowJournal first = open();

    Lease lease = first.leases(time).reserve(spec, LeaseTerms.of("run-1", Duration.ofHours(2)));
    first.close();

    assertEquals(List.of(lease), open().leases(time).leases());
    assertEquals(List.of(), open().runs());
  }

  @Test
  void claimedRunsAreListedInTheOrderOfTheirIds() {
    open().claim(OTHER).close();
    open().claim(new RunId("Run-3")).close();
    open().claim(RUN).close();

    assertEquals(List.of(new RunId("Run-3"), RUN, OTHER), open().runs());
  }

  @Test
  void aRequestedCancellationStays() {
    try (RunClaim claim = open().claim(RUN)) {
      boolean before = open().isCancelRequested(RUN);
      open().requestCancel(RUN);
      open().requestCancel(RUN);

      assertFalse(before);
      assertTrue(open().isCancelRequested(claim.run()));
    }

    assertTrue(open().isCancelRequested(RUN));
    assertFalse(open().isCancelRequested(OTHER));
  }

  @Test
  void samplesAreKeptForTheNextClaim() {
    try (RunClaim claim = open().claim(RUN)) {
      if (claim.samples().isEmpty()) {
        return;
      }
      SampleStorage samples = claim.samples().get();
      try (SampleStorage.Records records = samples.open("zero-shot-1")) {
        assertEquals(List.of(), records.records());
        assertThrows(IllegalStateException.class, () -> samples.open("zero-shot-1"));
        records.append("{\"a\":1}");
        records.append("{\"b\":2}");
      }
    }

    try (RunClaim claim = open().claim(RUN);
        SampleStorage.Records records = claim.samples().orElseThrow().open("zero-shot-1")) {
      assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), records.records());
      records.append("{\"c\":3}");
    }
    try (RunClaim claim = open().claim(RUN);
        SampleStorage.Records records = claim.samples().orElseThrow().open("zero-shot-1")) {
      assertEquals(3, records.records().size());
    }
  }

  private static void assertContains(String expected, Exception failure) {
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains(expected), message);
  }
}
