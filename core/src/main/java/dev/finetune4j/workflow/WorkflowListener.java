package dev.finetune4j.workflow;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;

/**
 * Receives the progress of runs, on the thread that runs each. An exception that a listener throws
 * is logged once and does not end the run. A listener may receive several runs at once.
 *
 * <pre>
 * (stepSkipped | stepStarted (jobEvent | sampleFinished)* (stepCompleted | stepFailed))*
 * </pre>
 */
public interface WorkflowListener {

  /** A listener that does nothing. */
  WorkflowListener NONE = new WorkflowListener() {};

  /** A step starts. */
  default void stepStarted(RunId run, Step step) {}

  /** A step was completed before the run was resumed. */
  default void stepSkipped(RunId run, Step step, Map<String, String> result) {}

  /** A step is completed. */
  default void stepCompleted(RunId run, Step step, Map<String, String> result) {}

  /** A step failed; {@code run} also throws the failure. */
  default void stepFailed(RunId run, Step step, String reason) {}

  /** The job has an event. */
  default void jobEvent(RunId run, JobEvent event) {}

  /**
   * A sample of an evaluation is finished.
   *
   * @param model the name of the baseline, or {@code fine-tuned}
   */
  default void sampleFinished(RunId run, String model, EvaluationListener.Progress progress) {}
}
