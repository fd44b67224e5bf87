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

/** One request and its answer, never sent again from here. Thread-safe. */
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
  private final Attempts attempts;
  private final Semaphore places;
  private final InterruptWatch interrupts = new InterruptWatch();

  HttpExchange(HttpTransportBuilder settings, Redirects redirects, Attempts attempts) {
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
    T read(Response response, Flight flight) throws IOException, FailedAttempt;
  }

  /**
   * Sends a request.
   *
   * @param prepared with everything but the proof
   * @param proof what goes with it, and is never shown
   */
  <T> T send(Flight flight, Request.Builder prepared, Credential proof, Reader<T> reader)
      throws FailedAttempt {
    takePlace(flight);
    try {
      interrupts.begin(flight);
      Credential fixed = proof.fixed();
      flight.provenBy(fixed);
      fixed.applyTo(prepared);
      Request request = prepared.tag(Flight.class, flight).build();
      try (Response response = redirects.follow(request, flight)) {
        flight.answered(response.code(), response.headers());
        attempts.learn(flight.call(), response.headers());
        requireSuccess(response, flight);
        return reader.read(response, flight);
      } catch (IOException e) {
        throw lost(e, flight, request.header(CLIENT_REQUEST_ID));
      }
    } finally {
      interrupts.end(flight);
      places.release();
      AttemptReport report = flight.report();
      LOG.debug("{} {}", provider, report);
      listener.attemptEnded(report);
    }
  }

  private void takePlace(Flight flight) throws FailedAttempt {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedAttempt(
          unavailable("The thread was interrupted before it sent " + flight.call() + ".", e),
          false,
          Optional.empty());
    }
  }

  private void requireSuccess(Response response, Flight flight) throws IOException, FailedAttempt {
    Call call = flight.call();
    if (response.isSuccessful()) {
      return;
    } else if (response.isRedirect()) {
      throw new FailedAttempt(redirected(response, call), false, Optional.empty());
    }
    String body = response.peekBody(ERROR_BYTES).string();
    String shown = body.substring(0, Math.min(SHOWN_CHARACTERS, body.length()));
    ProviderException failure =
        errors.read(provider, response.code(), response.headers(), flight.proof().blotIn(shown));
    Optional<Duration> asked = RetryAfter.in(response.headers(), time.now());
    throw new FailedAttempt(failure, isWorthAnother(response, failure, call), asked);
  }

  private static boolean isWorthAnother(Response response, ProviderException failure, Call call) {
    // Too many requests means that this one was not done; after a 5xx nobody knows.
    boolean mayRepeat =
        call.options().idempotency() != Idempotency.ONCE || failure instanceof RateLimitException;
    boolean isUnpaid = response.code() == 429 && failure instanceof PermissionException;
    String wish = response.header("x-should-retry");
    boolean isWished =
        wish == null ? failure.isRetryable() || response.code() == 409 : wish.equals("true");
    return mayRepeat && !isUnpaid && isWished;
  }

  private FailedAttempt lost(IOException cause, Flight flight, @Nullable String ownId) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    String asked =
        flight.call() + (ownId == null ? "" : " [" + CLIENT_REQUEST_ID + " " + ownId + "]");
    String what =
        interrupted
            ? "The thread was interrupted while it waited for the answer to " + asked + "."
            : "No answer to " + asked + ": " + flight.proof().blotIn(String.valueOf(cause)) + ".";
    boolean mayRepeat = flight.call().options().idempotency() != Idempotency.ONCE;
    return new FailedAttempt(
        unavailable(what, cause),
        !interrupted && (mayRepeat || !flight.wasConnected()),
        Optional.empty());
  }

  private ProviderUnavailableException unavailable(String what, @Nullable Exception cause) {
    return new ProviderUnavailableException(ProviderFailure.of(provider, what), cause);
  }

  private UnexpectedResponseException redirected(Response response, Call call) {
    return new UnexpectedResponseException(
        ProviderFailure.of(
                provider, "It points " + call + " to another place, which is not followed.")
            .withHttpStatus(response.code())
            .withRequestId(OpenAiErrorReader.requestId(response.headers()).orElse(null)),
        null);
  }
}
