package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.SubmissionKey;
import java.util.Map;

/**
 * A training job to run in a Space.
 *
 * @param key the submission key
 * @param baseModel the name of the base
 * @param contents writes the job folder: request, data, and the runner
 * @param files the files of the Space's repository, by name
 */
public record SpaceOrder(
    SubmissionKey key, String baseModel, JobContents contents, Map<String, String> files) {

  /** Copies the map. */
  public SpaceOrder {
    files = Map.copyOf(files);
  }
}
