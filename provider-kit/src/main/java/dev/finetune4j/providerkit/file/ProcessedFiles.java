package dev.finetune4j.providerkit.file;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.error.ProviderUnavailableException;
import java.time.Duration;

/**
 * Training data as files that the service has read, in the format that keeps everything.
 * Thread-safe.
 *
 * @param files the service's files
 * @param training how data becomes one of them
 * @param schedule how often and how long to look whether a file has been read
 */
public record ProcessedFiles(
    FileOperations files, TrainingFiles training, PollingSchedule schedule) {

  /** Returns the data as files that never expire, looked at every 5 s for half an hour at most. */
  public static ProcessedFiles of(FileOperations files) {
    PollingSchedule schedule =
        new PollingSchedule(
            Duration.ofSeconds(1), 2, Duration.ofSeconds(5), Duration.ofMinutes(30));
    return new ProcessedFiles(files, TrainingFiles.of(files), schedule);
  }

  /**
   * Returns the id of the file that holds the data, uploading it unless it is there, and waits
   * until the service has read it; an interrupt ends the wait and leaves the flag set.
   *
   * @throws ProviderUnavailableException if the schedule gives up first, or the thread is
   *     interrupted
   */
  public String ensureReady(Dataset<?> data) {
    StoredFile stored = stored(data);
    if (stored.status() == FileStatus.PROCESSED) {
      return stored.id();
    }
    try {
      return files.awaitProcessed(stored.id(), schedule).id();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          files.failure(stored.id() + " was being read when the thread was interrupted."), e);
    }
  }

  private <E extends Example> StoredFile stored(Dataset<E> data) {
    return training.uploadIfAbsent(data, ExampleCodecs.lossless(data.exampleType()));
  }
}
