package dev.finetune4j.huggingface;

import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.Optional;

/** Where jobs run: processes of this machine, or a service. Thread-safe. */
interface HuggingFaceRunner {

  /** Refuses what cannot be done, then makes one job; the same key never makes two. */
  JobReference submit(FineTuningRequest request);

  /** Returns the job of that key, empty if there is none. */
  Optional<JobReference> find(SubmissionKey key);

  /** Returns the single calls on its jobs. */
  JobOperations operations();
}
