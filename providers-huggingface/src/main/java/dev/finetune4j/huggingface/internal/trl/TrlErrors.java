package dev.finetune4j.huggingface.internal.trl;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.io.IOException;

/** The exceptions of training and serving here. Stateless. */
public final class TrlErrors {
  /** The short name of the provider. */
  public static final ProviderId PROVIDER = new ProviderId("huggingface");

  private TrlErrors() {}

  /** Returns a request that must change. */
  public static InvalidRequestException invalid(String message) {
    return new InvalidRequestException(ProviderFailure.of(PROVIDER, message));
  }

  /** Returns files that cannot be read or written. */
  public static InvalidRequestException unreadable(String what, IOException cause) {
    InvalidRequestException exception =
        invalid(what + " cannot be used: " + cause.getMessage() + ". Look at the files there.");
    exception.initCause(cause);
    return exception;
  }

  /** Returns a name that nobody has. */
  public static NotFoundException notFound(String message) {
    return new NotFoundException(ProviderFailure.of(PROVIDER, message));
  }

  /** Returns a server or an environment that is not there now. */
  public static ProviderUnavailableException unavailable(String message) {
    return new ProviderUnavailableException(ProviderFailure.of(PROVIDER, message), null);
  }

  /** Returns something that cannot be done here at all. */
  public static UnsupportedCapabilityException unsupported(String what, String cure) {
    return new UnsupportedCapabilityException(PROVIDER, what, cure);
  }
}
