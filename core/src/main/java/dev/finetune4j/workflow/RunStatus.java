package dev.finetune4j.workflow;

import dev.finetune4j.cost.Ledger;
import dev.finetune4j.decision.Verdict;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.RunOwner;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run is, as its journal says at one moment. Immutable and thread-safe.
 *
 * @param run the run
 * @param state how it is
 * @param step the step that it is in, or that it failed in; empty before the first and once it has
 *     finished
 * @param stepsDone the steps that have ended, with how long each took
 * @param ledger what it has cost so far
 * @param failure why it failed, if it did
 * @param verdict the decision, once it is made
 * @param owner which process runs it, empty if none does
 * @param progress how far it has come within {@link #step}; empty before the step has noted any
 */
public record RunStatus(
    RunId run,
    State state,
    Optional<Step> step,
    List<StepDuration> stepsDone,
    Ledger ledger,
    Optional<Failure> failure,
    Optional<Verdict> verdict,
    Optional<RunOwner> owner,
    Optional<RunProgress> progress) {

  /** How a run is. */
  public enum State {
    /** It was claimed or cancelled, and no step has started. */
    NOT_STARTED,
    /** A process works on it. */
    RUNNING,
    /** A process waits for the provider to train or to deploy. */
    WAITING,
    /** No process has it, and it has not ended: start it again. */
    INTERRUPTED,
    /** A step failed. */
    FAILED,
    /** Somebody cancelled it, and no process has it any more. */
    CANCELLED,
    /** All steps are done. */
    FINISHED
  }

  /**
   * Why a run failed.
   *
   * @param reason the reason, secrets removed
   * @param retryable whether starting it again may succeed
   */
  public record Failure(String reason, boolean retryable) {}

  static RunStatus of(WorkflowJournal journal, RunId run) {
    // The owner is read first: a run that ends meanwhile is then not taken for interrupted.
    Optional<RunOwner> owner = journal.owner(run);
    List<JournalEntry> history = journal.read(run);
    Optional<JournalEntry> last =
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    Optional<Step> step = last.flatMap(RunStatus::current);
    State state = state(last, owner.isPresent(), journal.isCancelRequested(run));
    return new RunStatus(
        run,
        state,
        step,
        List.copyOf(StepTimes.of(history)),
        journal.load(run, RunState.LEDGER).map(LedgerJson::read).orElse(Ledger.empty()),
        last.filter(entry -> entry instanceof StepFailed)
            .map(StepFailed.class::cast)
            .map(failed -> new Failure(failed.reason(), failed.retryable())),
        verdict(history),
        owner,
        journal
            .progress(run)
            .flatMap(RunProgress::read)
            .filter(progress -> step.equals(Optional.of(progress.step()))));
  }

  private static State state(Optional<JournalEntry> last, boolean owned, boolean cancelled) {
    if (last.orElse(null) instanceof StepCompleted done && done.step() == Step.SETTLE) {
      return State.FINISHED;
    }
    if (!owned && cancelled) {
      return State.CANCELLED;
    }
    if (last.isEmpty()) {
      return owned ? State.RUNNING : State.NOT_STARTED;
    }
    if (last.get() instanceof StepFailed) {
      return State.FAILED;
    }
    if (!owned) {
      return State.INTERRUPTED;
    }
    Step step = current(last.get()).orElse(Step.SETTLE);
    return step == Step.AWAIT || step == Step.DEPLOY ? State.WAITING : State.RUNNING;
  }

  private static Optional<Step> current(JournalEntry last) {
    return last instanceof StepCompleted ? last.step().next() : Optional.of(last.step());
  }

  private static Optional<Verdict> verdict(List<JournalEntry> history) {
    return history.stream()
        .filter(entry -> entry.step() == Step.DECIDE && entry instanceof StepCompleted)
        .map(entry -> ((StepCompleted) entry).result().get("verdict"))
        .map(name -> Verdict.valueOf(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
