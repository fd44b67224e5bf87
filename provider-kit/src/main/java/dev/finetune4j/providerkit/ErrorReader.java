package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderException;
import okhttp3.Headers;

/** Converts an error response into an exception. Thread-safe. */
@FunctionalInterface
public interface ErrorReader {

  /**
   * Reads an error.
   *
   * @param status the HTTP status, 400 or above
   * @param body the first KiB of the body; may be empty, and need not be JSON
   */
  ProviderException read(ProviderId provider, int status, Headers headers, String body);
}
