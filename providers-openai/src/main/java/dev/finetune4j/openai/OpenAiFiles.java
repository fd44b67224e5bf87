package dev.finetune4j.openai;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleCodecs;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileStatus;
import dev.finetune4j.providerkit.file.StoredFile;
import dev.finetune4j.providerkit.file.TrainingFiles;
import dev.finetune4j.providerkit.job.JobFiles;
import java.time.Duration;

/**
 * Training data as files of the account: uploaded once for one content, and waited for until the
 * service has read them. Thread-safe.
 */
final class OpenAiFiles implements JobFiles.Source {
  // What OpenAI's own Python client does: every 5 s, for at most half an hour.
  private static final PollingSchedule UNTIL_PROCESSED =
      new PollingSchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), Duration.ofMinutes(30));

  private final FileOperations files;
  private final TrainingFiles training;

  OpenAiFiles(FileOperations files) {
    this.files = files;
    training = TrainingFiles.of(files);
  }

  FileOperations operations() {
    return files;
  }

  @Override
  public String require(Dataset<?> dataset) {
    StoredFile stored = stored(dataset);
    if (stored.status() == FileStatus.PROCESSED) {
      return stored.id();
    }
    try {
      return files.awaitProcessed(stored.id(), UNTIL_PROCESSED).id();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              OpenAiProvider.ID,
              "The thread was interrupted while the service read file " + stored.id() + "."),
          e);
    }
  }

  private <E extends Example> StoredFile stored(Dataset<E> dataset) {
    return training.require(dataset, ExampleCodecs.lossless(dataset.exampleType()));
  }
}
