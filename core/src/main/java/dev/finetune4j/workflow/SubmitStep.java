package dev.finetune4j.workflow;

import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Creates the job of the run, or finds the job that the run created before it was resumed. */
final class SubmitStep implements WorkflowStep {

  private static final int SEARCHES_AFTER_A_LOST_ANSWER = 4;

  @Override
  public Step step() {
    return Step.SUBMIT;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    Optional<JobReference> made = run.provider().findJob(run.key());
    return Map.of("job", (made.isPresent() ? made.get() : submit(run)).id());
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String id = result.get("job");
    if (id == null) {
      throw new JournalException(
          "The journal of run " + run.run() + " does not name its job. Use another run id.", null);
    }
    run.jobReference = new JobReference(run.provider().id(), id);
  }

  private static JobReference submit(RunState run) {
    run.requireHeld();
    try {
      return run.provider()
          .submit(run.plan().request().withoutValidation().withSubmissionKey(run.key()))
          .reference();
    } catch (ProviderUnavailableException lost) {
      // The job may exist although its answer was lost, and a second one would cost money. So
      // search
      // for it instead, repeatedly, because the provider's list may lag behind the creation.
      Duration pause = run.workflow().polling().first();
      for (int search = 0; search < SEARCHES_AFTER_A_LOST_ANSWER; search++) {
        Optional<JobReference> made = run.provider().findJob(run.key());
        if (made.isPresent()) {
          return made.get();
        }
        OperationInterruptedException.sleep(run.workflow().time(), pause);
        pause = run.workflow().polling().after(pause);
      }
      throw lost;
    }
  }
}
