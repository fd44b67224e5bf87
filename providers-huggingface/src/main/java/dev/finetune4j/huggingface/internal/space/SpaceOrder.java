package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.SubmissionKey;
import java.util.Map;

/**
 * A training that is to run in a Space.
 *
 * @param key under which it is found again
 * @param baseModel the name of the base
 * @param contents writes the job folder: request, data, and the runner
 * @param files what the Space's repository holds, by name
 */
public record SpaceOrder(
    SubmissionKey key, String baseModel, JobContents contents, Map<String, String> files) {

  /** Copies the map. */
  public SpaceOrder {
    files = Map.copyOf(files);
  }
}
