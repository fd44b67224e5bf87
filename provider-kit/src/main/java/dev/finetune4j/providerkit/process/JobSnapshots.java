package dev.finetune4j.providerkit.process;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;

/** Creates job snapshots from the files. Stateless. */
final class JobSnapshots {

  private JobSnapshots() {}

  static FineTuningJob of(JobReference reference, JsonObject request, JobState state) {
    FineTuningJob.Builder job =
        FineTuningJob.builder(reference, state.jobStatus(), state.status())
            .baseModel(request.findString("base_model").orElse(""))
            .createdAt(request.findString("created_at").map(Instant::parse).orElse(Instant.EPOCH))
            .fineTunedModel(state.fineTunedModel().orElse(null))
            .finishedAt(state.finishedAt().orElse(null))
            .failureReason(state.failureReason().orElse(null))
            .submissionKey(request.findString("submission_key").orElse(null));
    state.trainedTokens().ifPresent(job::trainedTokens);
    return job.build();
  }
}
