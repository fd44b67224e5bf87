package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Trains and serves models in one of the ways that Hugging Face offers; the delegate of {@link
 * HuggingFaceProvider}, created by its options. Thread-safe.
 */
interface HuggingFaceRunner extends AutoCloseable {

  /** Returns the supported capabilities. */
  Set<Capability> capabilities();

  /** Refuses unsupported requests, then creates one job; one key never creates two. */
  JobReference submit(FineTuningRequest request);

  /** Creates one job from an AutoTrain configuration file. */
  default JobReference submit(AutoTrainYamlOptions file) {
    throw TrlErrors.unsupported(
        "AutoTrain configurations", "Create the provider with HuggingFaceProvider.autoTrain.");
  }

  /** Returns the job with this key, or empty. */
  Optional<JobReference> find(SubmissionKey key);

  /** Returns the operations on its jobs. */
  JobOperations operations();

  /** Returns a model that needs no deployment; empty if this one does. */
  Optional<ChatModel> chatModel(String model);

  /** Returns the deployer of tuned models. */
  Deployer deployer();

  /** Returns the catalog. */
  ModelCatalog catalog();

  /** Returns current prices, assuming this training speed. */
  PriceBook prices(double tokensPerSecond);

  /** Returns the most that one job can cost, empty if unknown. */
  Optional<Money> longestTrainingCost();

  /** Returns the folder with the result of a tuned model, downloaded if it is remote. */
  Path outputFolder(String model);

  /** Returns the clock. */
  Time time();

  /** Stops the servers that it started; jobs keep running. */
  @Override
  void close();
}
