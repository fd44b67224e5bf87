package dev.finetune4j.workflow;

import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.Step;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes the one job of the run, or adopts the one that an earlier life of it made. */
final class SubmitStep implements WorkflowStep {

  private static final int LOOKS_AFTER_A_LOST_ANSWER = 4;

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
      throw new JournalException("The journal of run " + run.run() + " names no job.", null);
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
      // The job may have been made although the answer did not come, and a second one would be paid
      // for. So it is looked for, never
      // asked for again; a list may lag behind the creation, so it is looked for more than once.
      Duration pause = run.workflow().polling().first();
      for (int look = 0; look < LOOKS_AFTER_A_LOST_ANSWER; look++) {
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
