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
 * The status of a run, read from its journal. Immutable and thread-safe.
 *
 * @param run the run
 * @param state the state
 * @param step the current step, or the step that failed; empty before the first step and after the
 *     last
 * @param stepsDone the completed steps and their durations
 * @param ledger the costs so far
 * @param failure the reason of a failure; empty if the run has not failed
 * @param verdict the decision, once it is made
 * @param owner the process that runs it; empty if no process does
 * @param progress the progress within {@link #step}; empty if the step has written none
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

  /** The states of a run. */
  public enum State {
    /** No step has started. */
    NOT_STARTED,
    /** A process is performing a step. */
    RUNNING,
    /** A process is waiting for the job or the deployment. */
    WAITING,
    /** It has not ended and no process runs it: start it again. */
    INTERRUPTED,
    /** A step failed. */
    FAILED,
    /** It was cancelled, and no process runs it any more. */
    CANCELLED,
    /** All steps are completed. */
    FINISHED
  }

  /**
   * The failure of a run.
   *
   * @param reason the reason, without secrets
   * @param retryable whether starting the run again may succeed
   */
  public record Failure(String reason, boolean retryable) {}

  static RunStatus of(WorkflowJournal journal, RunId run) {
    // The owner is read first, so that a run that ends meanwhile does not seem interrupted.
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
        List.copyOf(StepDuration.allOf(history)),
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
