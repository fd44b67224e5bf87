package dev.finetune4j.local;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.io.IOException;

/** The exceptions of this provider. Stateless. */
final class LocalErrors {

  private LocalErrors() {}

  static ProviderFailure failure(String message) {
    return ProviderFailure.of(LocalProvider.ID, message);
  }

  static InvalidRequestException invalid(String message) {
    return new InvalidRequestException(failure(message));
  }

  static InvalidRequestException unreadable(String what, IOException cause) {
    InvalidRequestException exception =
        invalid(what + " cannot be used: " + cause.getMessage() + ". Look at the files there.");
    exception.initCause(cause);
    return exception;
  }

  static ProviderUnavailableException unavailable(String message) {
    return new ProviderUnavailableException(failure(message), null);
  }

  static UnsupportedCapabilityException unsupported(String what, String cure) {
    return new UnsupportedCapabilityException(LocalProvider.ID, what, cure);
  }
}
