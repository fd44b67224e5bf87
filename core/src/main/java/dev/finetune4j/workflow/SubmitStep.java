package dev.finetune4j.workflow;

import dev.finetune4j.job.JobReference;
import java.util.Map;
import java.util.Optional;

/** Makes the one job of the run, or adopts the one that an earlier life of it made. */
final class SubmitStep implements WorkflowStep {

  @Override
  public Step step() {
    return Step.SUBMIT;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    Optional<JobReference> made = run.provider().findJob(run.key());
    JobReference job =
        made.orElseGet(
            () ->
                run.provider()
                    .submit(run.plan().request().withSubmissionKey(run.key()))
                    .reference());
    return Map.of("job", job.id());
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String id = result.get("job");
    if (id == null) {
      throw new JournalException("The journal of run " + run.run() + " names no job.", null);
    }
    run.jobReference = new JobReference(run.provider().id(), id);
  }
}
