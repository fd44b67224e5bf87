package dev.finetune4j.workflow;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes calls on, and logs the first exception of the listener instead of throwing it. */
final class SafeListener implements WorkflowListener {
  private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

  private final WorkflowListener listener;
  private final AtomicBoolean hasLogged = new AtomicBoolean();

  SafeListener(WorkflowListener listener) {
    this.listener = listener;
  }

  @Override
  public void stepStarted(RunId run, Step step) {
    call(run, () -> listener.stepStarted(run, step));
  }

  @Override
  public void stepSkipped(RunId run, Step step, Map<String, String> result) {
    call(run, () -> listener.stepSkipped(run, step, result));
  }

  @Override
  public void stepCompleted(RunId run, Step step, Map<String, String> result) {
    call(run, () -> listener.stepCompleted(run, step, result));
  }

  @Override
  public void stepFailed(RunId run, Step step, String reason) {
    call(run, () -> listener.stepFailed(run, step, reason));
  }

  @Override
  public void jobEvent(RunId run, JobEvent event) {
    call(run, () -> listener.jobEvent(run, event));
  }

  @Override
  public void sampleFinished(RunId run, String model, EvaluationListener.Progress progress) {
    call(run, () -> listener.sampleFinished(run, model, progress));
  }

  private void call(RunId run, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      if (hasLogged.compareAndSet(false, true)) {
        LOG.warn("The listener failed in run {}; the run continues. Logged once.", run, e);
      }
    }
  }
}
