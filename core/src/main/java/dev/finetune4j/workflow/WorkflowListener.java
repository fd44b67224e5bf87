package dev.finetune4j.workflow;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobListener;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;

/**
 * Is told how a run goes. Called on the thread that runs it; what a listener throws is logged once
 * and does not end the run. One listener may follow several runs at once.
 *
 * <pre>
 * (stepSkipped | stepStarted (jobEvent | sampleFinished)* (stepCompleted | stepFailed))*
 * </pre>
 */
public interface WorkflowListener {

  /** A listener that does nothing. */
  WorkflowListener NONE = new WorkflowListener() {};

  /** A step is about to act. */
  default void stepStarted(RunId run, Step step) {}

  /** A step was done in an earlier life of the run, with this result. */
  default void stepSkipped(RunId run, Step step, Map<String, String> result) {}

  /** A step has acted, with this result. */
  default void stepCompleted(RunId run, Step step, Map<String, String> result) {}

  /** A step could not act; the exception that is thrown says the same. */
  default void stepFailed(RunId run, Step step, String reason) {}

  /** Something happened to the job. */
  default void jobEvent(RunId run, JobEvent event) {}

  /**
   * A sample of an evaluation is done. May be called from other threads, never from two at once.
   */
  default void sampleFinished(
      RunId run, String alternative, EvaluationListener.Progress progress) {}

  /** Returns a listener that hands the events of a job to this one. */
  default JobListener forJob(RunId run) {
    return new JobListener() {
      @Override
      public void onEvent(JobEvent event) {
        jobEvent(run, event);
      }
    };
  }
}
