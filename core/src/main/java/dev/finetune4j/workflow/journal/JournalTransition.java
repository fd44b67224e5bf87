package dev.finetune4j.workflow.journal;

import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.util.List;
import java.util.Optional;

/** All pairs of entries that may follow one another in a journal. */
enum JournalTransition {
  /** The first step starts. */
  BEGIN,
  /** After a completed step, the next one starts. */
  ADVANCE,
  /** A step that never ended is started again, because the process died in it. */
  START_AGAIN_AFTER_CRASH,
  /** A started step is completed. */
  COMPLETE,
  /** A started step fails. */
  FAIL,
  /** A failed step is started again with its run. */
  TRY_AGAIN;

  /** Returns the transition that allows {@code after}; empty if it must not follow. */
  static Optional<JournalTransition> find(Optional<JournalEntry> before, JournalEntry after) {
    Step step = after.step();
    if (before.isEmpty()) {
      return BEGIN.when(after instanceof StepStarted && step == Step.VALIDATE);
    }
    JournalEntry last = before.get();
    if (!(after instanceof StepStarted)) {
      JournalTransition end = after instanceof StepCompleted ? COMPLETE : FAIL;
      return end.when(last instanceof StepStarted && last.step() == step);
    }
    if (last instanceof StepCompleted) {
      return ADVANCE.when(last.step().next().equals(Optional.of(step)));
    }
    return (last instanceof StepFailed ? TRY_AGAIN : START_AGAIN_AFTER_CRASH)
        .when(last.step() == step);
  }

  private Optional<JournalTransition> when(boolean allowed) {
    return allowed ? Optional.of(this) : Optional.empty();
  }

  /**
   * Checks that {@code after} may follow {@code history}.
   *
   * @throws JournalException if it must not, for example because of two writers
   */
  static void require(RunId run, List<JournalEntry> history, JournalEntry after) {
    Optional<JournalEntry> before =
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    if (find(before, after).isEmpty()) {
      throw new JournalException(
          "In the journal of run "
              + run
              + ", "
              + describe(after)
              + " cannot follow "
              + before.map(JournalTransition::describe).orElse("nothing")
              + ". Two processes may have written it. Use another run id.",
          null);
    }
  }

  private static String describe(JournalEntry entry) {
    return entry.getClass().getSimpleName() + "(" + entry.step() + ")";
  }
}
