package dev.finetune4j.workflow.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An entry of a run's journal, written before and after each step. */
public sealed interface JournalEntry {

  /** Returns the step. */
  Step step();

  /** Returns when the entry was written. */
  Instant at();

  /**
   * The step starts.
   *
   * @param step the step
   * @param at when
   * @param inputFingerprint the hash of the plan; a run can only be resumed with the same plan
   */
  record StepStarted(Step step, Instant at, String inputFingerprint) implements JournalEntry {}

  /**
   * The step is completed.
   *
   * @param step the step
   * @param at when
   * @param result what later steps and a resumed run need
   */
  record StepCompleted(Step step, Instant at, Map<String, String> result) implements JournalEntry {

    /** Copies the map, keeping its order. */
    public StepCompleted {
      result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }
  }

  /**
   * The step failed.
   *
   * @param step the step
   * @param at when
   * @param reason the reason, without secrets
   * @param retryable whether the step may succeed when the run is started again
   */
  record StepFailed(Step step, Instant at, String reason, boolean retryable)
      implements JournalEntry {}
}
