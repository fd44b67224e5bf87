package dev.finetune4j.error;

import dev.finetune4j.ProviderId;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The details of a failed call that the provider's support asks for.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProviderFailure implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String provider;
  private final int httpStatus;
  private final @Nullable String code;
  private final @Nullable String requestId;
  private final String message;

  private ProviderFailure(
      ProviderId provider,
      int httpStatus,
      @Nullable String code,
      @Nullable String requestId,
      String message) {
    this.provider = provider.value();
    this.httpStatus = httpStatus;
    this.code = code;
    this.requestId = requestId;
    this.message = message;
  }

  /** Returns a failure without an HTTP answer, for example a connection that broke. */
  public static ProviderFailure of(ProviderId provider, String message) {
    return new ProviderFailure(provider, 0, null, null, message);
  }

  /** Returns this failure with the status of the HTTP answer. */
  public ProviderFailure withHttpStatus(int status) {
    return new ProviderFailure(provider(), status, code, requestId, message);
  }

  /**
   * Returns this failure with the provider's own error code, or without one if {@code value} is
   * null.
   */
  public ProviderFailure withCode(@Nullable String value) {
    return new ProviderFailure(provider(), httpStatus, value, requestId, message);
  }

  /**
   * Returns this failure with the id by which the provider finds the request, or without one if
   * {@code value} is null.
   */
  public ProviderFailure withRequestId(@Nullable String value) {
    return new ProviderFailure(provider(), httpStatus, code, value, message);
  }

  /** Returns this failure with another message. */
  public ProviderFailure withMessage(String text) {
    return new ProviderFailure(provider(), httpStatus, code, requestId, text);
  }

  /** Returns who answered, or did not. */
  public ProviderId provider() {
    return new ProviderId(provider);
  }

  /** Returns the HTTP status, empty if there was no answer. */
  public OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }

  /** Returns the provider's own error code. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /** Returns the id by which the provider finds the request in its logs. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** Returns what the provider said, secrets removed. */
  public String message() {
    return message;
  }

  /** Returns one line: provider, status, code, request id, then the message. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(provider);
    if (httpStatus != 0) {
      line.append(" answered ").append(httpStatus);
    }
    if (code != null) {
      line.append(" (").append(code).append(')');
    }
    if (requestId != null) {
      line.append(" [request ").append(requestId).append(']');
    }
    return line.append(": ").append(message).toString();
  }
}
