package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.SubmissionKey;
import java.util.List;

/**
 * A training job to run on Jobs.
 *
 * @param key the submission key
 * @param baseModel the name of the base
 * @param result the repository for the result, without its owner
 * @param contents writes the job folder: request, data, and the runner
 * @param runner the Python file in the folder that runs the training
 * @param packages the Python packages, such as {@code trl==1.16.0}
 */
public record TrainingOrder(
    SubmissionKey key,
    String baseModel,
    String result,
    JobContents contents,
    String runner,
    List<String> packages) {

  /** Copies the list. */
  public TrainingOrder {
    packages = List.copyOf(packages);
  }
}
