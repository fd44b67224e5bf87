package dev.finetune4j.workflow;

import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells another listener, and keeps the run going whatever that one throws. Logs it once. */
final class SafeListener implements WorkflowListener {
  private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

  private final WorkflowListener listener;
  private final AtomicBoolean hasLogged = new AtomicBoolean();

  SafeListener(WorkflowListener listener) {
    this.listener = listener;
  }

  @Override
  public void stepStarted(RunId run, Step step) {
    tell(run, () -> listener.stepStarted(run, step));
  }

  @Override
  public void stepSkipped(RunId run, Step step, Map<String, String> result) {
    tell(run, () -> listener.stepSkipped(run, step, result));
  }

  @Override
  public void stepCompleted(RunId run, Step step, Map<String, String> result) {
    tell(run, () -> listener.stepCompleted(run, step, result));
  }

  @Override
  public void stepFailed(RunId run, Step step, String reason) {
    tell(run, () -> listener.stepFailed(run, step, reason));
  }

  @Override
  public void jobEvent(RunId run, JobEvent event) {
    tell(run, () -> listener.jobEvent(run, event));
  }

  @Override
  public void sampleFinished(RunId run, String alternative, EvaluationListener.Progress progress) {
    tell(run, () -> listener.sampleFinished(run, alternative, progress));
  }

  private void tell(RunId run, Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      if (hasLogged.compareAndSet(false, true)) {
        LOG.warn("The listener failed in run {}; the run goes on. Logged once.", run, e);
      }
    }
  }
}
