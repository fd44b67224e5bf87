package dev.finetune4j.workflow.journal;

import dev.finetune4j.workflow.journal.JournalEntry.StepCompleted;
import dev.finetune4j.workflow.journal.JournalEntry.StepFailed;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import java.util.List;
import java.util.Optional;

/** The lines that may follow one another in a journal: all of them, and no others. */
enum JournalTransition {
  /** A journal begins with the first step. */
  BEGIN {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.isEmpty() && after instanceof StepStarted && after.step() == Step.VALIDATE;
    }
  },
  /** A step that acted is followed by the next one. */
  ADVANCE {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepCompleted completed
          && after instanceof StepStarted
          && completed.step().next().equals(Optional.of(after.step()));
    }
  },
  /** A step that was started and never ended is started again: the application died in it. */
  START_AGAIN_AFTER_CRASH {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepStarted
          && after.step() == started.step();
    }
  },
  /** A step that was started acts. */
  COMPLETE {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepCompleted
          && after.step() == started.step();
    }
  },
  /** A step that was started cannot act. */
  FAIL {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepStarted started
          && after instanceof StepFailed
          && after.step() == started.step();
    }
  },
  /** A step that failed is tried again when the run is started again. */
  TRY_AGAIN {
    @Override
    boolean allows(Optional<JournalEntry> before, JournalEntry after) {
      return before.orElse(null) instanceof StepFailed failed
          && after instanceof StepStarted
          && after.step() == failed.step();
    }
  };

  abstract boolean allows(Optional<JournalEntry> before, JournalEntry after);

  /** Returns the row of the table by which {@code after} may follow, empty if none does. */
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
   * @throws JournalException if it may not: two writers, or a journal of another program
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
              + ". Is the same run open twice? Start it again under another run id.",
          null);
    }
  }

  private static String describe(JournalEntry entry) {
    return entry.getClass().getSimpleName() + "(" + entry.step() + ")";
  }
}
