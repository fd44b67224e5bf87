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
 * What trains and serves, and where: everything in which the ways to fine-tune with Hugging Face
 * differ. {@link HuggingFaceProvider} has one behind it, which its options made. Thread-safe.
 */
interface HuggingFaceRunner extends AutoCloseable {

  /** Returns what works with it. */
  Set<Capability> capabilities();

  /** Refuses what cannot be done, then makes one job; the same key never makes two. */
  JobReference submit(FineTuningRequest request);

  /** As for a request, by a configuration of AutoTrain's own. */
  default JobReference submit(AutoTrainYamlOptions file) {
    throw TrlErrors.unsupported(
        "a configuration of AutoTrain", "Make the provider by HuggingFaceProvider.autoTrain.");
  }

  /** Returns the job of that key, empty if there is none. */
  Optional<JobReference> find(SubmissionKey key);

  /** Returns the single calls on its jobs. */
  JobOperations operations();

  /** Returns a model that answers without a deployment, empty if this one does not. */
  Optional<ChatModel> chatModel(String model);

  /** Returns what makes tuned models answer. */
  Deployer deployer();

  /** Returns what is known of costs. */
  ModelCatalog catalog();

  /** Returns prices as they are now, for a training that goes so fast. */
  PriceBook prices(double tokensPerSecond);

  /** Returns what one job costs at most, empty if that is not known. */
  Optional<Money> longestTrainingCost();

  /** Returns the folder with the result of a tuned model, fetched if it is elsewhere. */
  Path outputFolder(String model);

  /** Returns the clock. */
  Time time();

  /** Ends what it started and nobody holds; jobs go on. */
  @Override
  void close();
}
