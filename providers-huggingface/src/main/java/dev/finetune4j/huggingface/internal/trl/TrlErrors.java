package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.io.IOException;

/** Creates the exceptions of training and serving. Stateless. */
public final class TrlErrors {
  /** The short name of the provider. */
  public static final ProviderId PROVIDER = new ProviderId("huggingface");

  private TrlErrors() {}

  /** Returns an exception for an invalid request. */
  public static InvalidRequestException invalid(String message) {
    return new InvalidRequestException(ProviderFailure.of(PROVIDER, message));
  }

  /** Returns an exception for files that cannot be read or written. */
  public static InvalidRequestException unreadable(String what, IOException cause) {
    InvalidRequestException exception =
        invalid(what + " cannot be used: " + cause.getMessage() + ". Check the files there.");
    exception.initCause(cause);
    return exception;
  }

  /** Returns an exception for something that does not exist. */
  public static NotFoundException notFound(String message) {
    return new NotFoundException(ProviderFailure.of(PROVIDER, message));
  }

  /** Returns an exception for an unavailable server or environment. */
  public static ProviderUnavailableException unavailable(String message) {
    return new ProviderUnavailableException(ProviderFailure.of(PROVIDER, message), null);
  }

  /** Returns an exception for something unsupported. */
  public static UnsupportedCapabilityException unsupported(String what, String cure) {
    return new UnsupportedCapabilityException(PROVIDER, what, cure);
  }
}
