package dev.finetune4j.huggingface.data;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.huggingface.hub.HubErrorReader;
import dev.finetune4j.providerkit.ErrorReader;
import okhttp3.Headers;

/**
 * Reads errors of the dataset viewer: a response that is not ready yet is retried; a data set that
 * is not served is not. Thread-safe.
 */
final class ViewerErrorReader implements ErrorReader {
  private static final int NOT_SERVED = 501;

  private final HubErrorReader hub;

  ViewerErrorReader(HubErrorReader hub) {
    this.hub = hub;
  }

  @Override
  public ProviderException read(ProviderId provider, int status, Headers headers, String body) {
    ProviderException read = hub.read(provider, status, headers, body);
    String code = read.failure().code().orElse("");
    if (code.startsWith("External")) {
      // The server does not say whether it is missing or private, to keep names secret.
      return new NotFoundException(
          read.failure()
              .withMessage(
                  read.failure().message()
                      + " Private data sets are served to paying accounts only."));
    } else if (status == NOT_SERVED) {
      return new InvalidRequestException(
          read.failure()
              .withMessage(
                  read.failure().message() + " Download the files of the repository instead."));
    } else if (read instanceof ProviderUnavailableException && code.equals("UnexpectedError")) {
      return new UnexpectedResponseException(read.failure(), null);
    }
    return read;
  }
}
