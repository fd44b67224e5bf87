package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.training.FineTuningRequest;
import java.util.Set;

/** The jobs of one training program on this machine. Thread-safe. */
interface LocalJobs {

  /** Returns the capabilities that the program supports. */
  Set<Capability> capabilities();

  /** Refuses unsupported requests, then starts one process per key. */
  JobReference submit(FineTuningRequest request);

  /** Starts a job from an AutoTrain configuration file. */
  default JobReference submit(AutoTrainYamlOptions file) {
    throw TrlErrors.unsupported(
        "AutoTrain configurations", "Create the provider with HuggingFaceProvider.autoTrain.");
  }

  /** Returns the job folders. */
  ProcessJobOperations jobs();

  /** Returns the operations that users may call. */
  default JobOperations operations() {
    return jobs();
  }
}
