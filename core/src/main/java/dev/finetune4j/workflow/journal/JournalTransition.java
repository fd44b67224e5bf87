package dev.finetune4j.workflow.journal;

import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.util.List;
import java.util.Optional;

/** All pairs of entries that may follow one another in a journal. */
enum JournalTransition {
  /** The first step starts. */
  BEGIN {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.isEmpty() && after instanceof StepStarted && after.step() == Step.VALIDATE;
    }
  },
  /** After a completed step, the next one starts. */
  ADVANCE {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepCompleted completed
          && after instanceof StepStarted
          && completed.step().next().equals(Optional.of(after.step()));
    }
  },
  /** A step that never ended is started again, because the process died in it. */
  START_AGAIN_AFTER_CRASH {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepStarted
          && after.step() == started.step();
    }
  },
  /** A started step is completed. */
  COMPLETE {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepCompleted
          && after.step() == started.step();
    }
  },
  /** A started step fails. */
  FAIL {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepFailed
          && after.step() == started.step();
    }
  },
  /** A failed step is started again with its run. */
  TRY_AGAIN {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepFailed failed
          && after instanceof StepStarted
          && after.step() == failed.step();
    }
  };

  abstract boolean allows(Optional<JournalEntry> before, JournalEntry after);

  /** Returns the transition that allows {@code after}; empty if it must not follow. */
  static Optional<JournalTransition> find(Optional<JournalEntry> before, JournalEntry after) {
    for (JournalTransition transition : values()) {
      if (transition.allows(before, after)) {
        return Optional.of(transition);
      }
    }
    return Optional.empty();
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
