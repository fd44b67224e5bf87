package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.error.UnexpectedResponseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one request and reads its response, without retries. Thread-safe. */
final class HttpExchange {
  private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
  static final String CLIENT_REQUEST_ID = "X-Client-Request-Id";

  private static final long ERROR_BYTES = 4_096;
  private static final int SHOWN_CHARACTERS = 1_024;

  private final ProviderId provider;
  private final Redirects redirects;
  private final ErrorReader errors;
  private final Time time;
  private final TransportListener listener;
  private final RetryExecutor attempts;
  private final Semaphore places;
  private final InterruptCanceller interrupts = new InterruptCanceller();

  HttpExchange(HttpTransportBuilder settings, Redirects redirects, RetryExecutor attempts) {
    this.provider = settings.provider;
    this.redirects = redirects;
    this.attempts = attempts;
    errors = settings.errors == null ? new OpenAiErrorReader(settings.time::now) : settings.errors;
    time = settings.time;
    listener = settings.http.listener();
    places = new Semaphore(settings.http.concurrentRequests());
  }

  /** Makes a value of a good answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Response response, HttpAttempt attempt) throws IOException, FailedAttempt;
  }

  /**
   * Sends a request.
   *
   * @param prepared with everything but the credential
   * @param credential what goes with it, and is never shown
   */
  <T> T send(HttpAttempt attempt, Request.Builder prepared, Credential credential, Reader<T> reader)
      throws FailedAttempt {
    takePlace(attempt);
    try {
      interrupts.begin(attempt);
      Credential fixed = credential.fixed();
      attempt.authenticatedWith(fixed);
      fixed.applyTo(prepared);
      Request request = prepared.tag(HttpAttempt.class, attempt).build();
      try (Response response = redirects.follow(request, attempt)) {
        attempt.answered(response.code(), response.headers());
        attempts.learn(attempt.call(), response.headers());
        requireSuccess(response, attempt);
        return reader.read(response, attempt);
      } catch (IOException e) {
        throw lost(e, attempt, request.header(CLIENT_REQUEST_ID));
      }
    } finally {
      interrupts.end(attempt);
      places.release();
      AttemptReport report = attempt.report();
      LOG.debug("{} {}", provider, report);
      listener.attemptEnded(report);
    }
  }

  private void takePlace(HttpAttempt attempt) throws FailedAttempt {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedAttempt(
          unavailable("The thread was interrupted before it sent " + attempt.call() + ".", e),
          false,
          Optional.empty());
    }
  }

  private void requireSuccess(Response response, HttpAttempt attempt)
      throws IOException, FailedAttempt {
    ApiRequest call = attempt.call();
    if (response.isSuccessful()) {
      return;
    } else if (response.isRedirect()) {
      throw new FailedAttempt(redirected(response, call), false, Optional.empty());
    }
    String body = response.peekBody(ERROR_BYTES).string();
    String shown = body.substring(0, Math.min(SHOWN_CHARACTERS, body.length()));
    ProviderException failure =
        errors.read(
            provider, response.code(), response.headers(), attempt.credential().redact(shown));
    Optional<Duration> asked = RetryAfter.in(response.headers(), time.now());
    throw new FailedAttempt(failure, isWorthAnother(response, failure, call), asked);
  }

  private static boolean isWorthAnother(
      Response response, ProviderException failure, ApiRequest call) {
    // After 429 the request was not executed; after a 5xx that is unknown.
    boolean mayRepeat =
        call.options().idempotency() != Idempotency.ONCE || failure instanceof RateLimitException;
    boolean isUnpaid = response.code() == 429 && failure instanceof PermissionException;
    String shouldRetry = response.header("x-should-retry");
    boolean isWished =
        shouldRetry == null
            ? failure.isRetryable() || response.code() == 409
            : shouldRetry.equals("true");
    return mayRepeat && !isUnpaid && isWished;
  }

  private FailedAttempt lost(IOException cause, HttpAttempt attempt, @Nullable String ownId) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    String asked =
        attempt.call() + (ownId == null ? "" : " [" + CLIENT_REQUEST_ID + " " + ownId + "]");
    String what =
        interrupted
            ? "The thread was interrupted while it waited for the answer to " + asked + "."
            : "No answer to "
                + asked
                + ": "
                + attempt.credential().redact(String.valueOf(cause))
                + ".";
    boolean mayRepeat = attempt.call().options().idempotency() != Idempotency.ONCE;
    return new FailedAttempt(
        unavailable(what, cause),
        !interrupted && (mayRepeat || !attempt.wasConnected()),
        Optional.empty());
  }

  private ProviderUnavailableException unavailable(String what, @Nullable Exception cause) {
    return new ProviderUnavailableException(ProviderFailure.of(provider, what), cause);
  }

  private UnexpectedResponseException redirected(Response response, ApiRequest call) {
    return new UnexpectedResponseException(
        ProviderFailure.of(
                provider, "It points " + call + " to another place, which is not followed.")
            .withHttpStatus(response.code())
            .withRequestId(OpenAiErrorReader.requestId(response.headers()).orElse(null)),
        null);
  }
}
