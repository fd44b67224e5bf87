package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.training.FineTuningRequest;
import java.util.Set;

/** The trainings of one program on this machine. Thread-safe. */
interface LocalJobs {

  /** Returns what works with the program. */
  Set<Capability> capabilities();

  /** Refuses what cannot be done, then starts a process, once for one key. */
  JobReference submit(FineTuningRequest request);

  /** As for a request, by a configuration of AutoTrain's own. */
  default JobReference submit(AutoTrainYamlOptions file) {
    throw TrlErrors.unsupported(
        "a configuration of AutoTrain", "Make the provider by HuggingFaceProvider.autoTrain.");
  }

  /** Returns the folders of the jobs. */
  ProcessJobOperations jobs();

  /** Returns the calls that a user may make. */
  default JobOperations operations() {
    return jobs();
  }
}
