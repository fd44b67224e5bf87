package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.SubmissionKey;
import java.util.List;

/**
 * A training that is to run on Jobs.
 *
 * @param key under which it is found again
 * @param baseModel the name of the base
 * @param result the repository that gets the result, without its owner
 * @param contents writes the job folder: request, data, and the runner
 * @param runner the Python file in the folder that trains it
 * @param packages what Python needs, {@code trl==1.16.0} and so on
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
