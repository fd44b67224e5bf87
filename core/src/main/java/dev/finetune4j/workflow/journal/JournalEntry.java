package dev.finetune4j.workflow.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a run's journal: written before a step acts, and after. */
public sealed interface JournalEntry {

  /** Returns the step that it is about. */
  Step step();

  /** Returns when it was written. */
  Instant at();

  /**
   * The step is about to act.
   *
   * @param step the step
   * @param at when
   * @param inputFingerprint the hash over the plan; a run is only resumed with the plan that it was
   *     started with
   */
  record StepStarted(Step step, Instant at, String inputFingerprint) implements JournalEntry {}

  /**
   * The step has acted.
   *
   * @param step the step
   * @param at when
   * @param result what later steps, and a resumed run, need to know
   */
  record StepCompleted(Step step, Instant at, Map<String, String> result) implements JournalEntry {

    /** Copies the map, keeping its order. */
    public StepCompleted {
      result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
  }

  /**
   * The step could not act.
   *
   * @param step the step
   * @param at when
   * @param reason why, secrets removed
   * @param retryable whether the same step may succeed when the run is started again
   */
  record StepFailed(Step step, Instant at, String reason, boolean retryable)
      implements JournalEntry {}
}
