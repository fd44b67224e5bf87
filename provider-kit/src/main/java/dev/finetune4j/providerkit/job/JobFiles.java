package dev.finetune4j.providerkit.job;

import dev.finetune4j.dataset.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * The file ids of a request.
 *
 * @param training the id of the training data
 * @param validation the id of the validation data, or null
 */
public record JobFiles(String training, @Nullable String validation) {

  /** Puts a data set where the service can read it, once. Thread-safe. */
  @FunctionalInterface
  public interface Source {

    /**
     * Returns the id of a file with the content of {@code dataset}, ready to be trained on. Uploads
     * it unless it is there, and may wait for the service to look at it.
     *
     * @throws dev.finetune4j.error.ProviderException if the service does not take it
     */
    String ensureReady(Dataset<?> dataset);
  }
}
