package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.providerkit.TransportListener.Reason;
import io.github.resilience4j.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Waits for rate limits and retries failed requests. resilience4j decides whether and when; {@link
 * Time} does the waiting. Thread-safe.
 */
final class RetryExecutor {
  private final ProviderId provider;
  private final Retries retries;
  private final Guards guards;
  private final Time time;
  private final TransportListener listener;
  private final RateLimits limits = new RateLimits();

  RetryExecutor(HttpTransportBuilder settings) {
    provider = settings.provider;
    retries = new Retries(settings);
    guards = new Guards(settings);
    time = settings.time;
    listener = settings.http.listener();
  }

  /** One request. */
  @FunctionalInterface
  interface Attempt<T> {
    T send(HttpAttempt attempt) throws FailedAttempt;
  }

  /** Remembers the rate limits of the model, as the headers of its answer give them. */
  void learn(ApiRequest call, Headers headers) {
    limits.learn(call.options().pacedModel(), headers, time.now());
  }

  <T> T untilDone(ApiRequest call, Timeouts deadlines, Attempt<T> attempt) {
    listener.callStarted(call.toString());
    Retry.AsyncContext<T> context = retries.begin();
    @Nullable Instant end = deadlines.total().isZero() ? null : time.now().plus(deadlines.total());
    int refusals = 0;
    for (int number = 1; ; number++) {
      awaitTurn(call, end);
      try {
        Duration limit = limit(deadlines.attempt(), end);
        T result = guards.send(attempt, new HttpAttempt(call, number, limit, refusals));
        context.onComplete();
        return result;
      } catch (FailedAttempt failed) {
        refusals += failed.failure() instanceof RateLimitException ? 1 : 0;
        Optional<Duration> pause = retries.pause(context, number, failed, left(end));
        if (pause.isEmpty()) {
          throw failed.failure();
        }
        pause(call, pause.get(), Reason.RETRY);
      }
    }
  }

  private void awaitTurn(ApiRequest call, @Nullable Instant end) {
    Duration turn = limits.pause(call.options().pacedModel(), time.now());
    // Do not wait for hours on our own decision: send the request, and let the service refuse it.
    if (turn.compareTo(retries.longestAsked()) <= 0) {
      await(call, turn, end, "The limit of the model is used up");
    }
    await(call, guards.reserve(call), end, "The application's rate limiter delays the request");
  }

  private void await(ApiRequest call, Duration turn, @Nullable Instant end, String why) {
    if (turn.isZero()) {
      return;
    }
    if (turn.compareTo(left(end)) >= 0) {
      throw new RateLimitException(
          ProviderFailure.of(provider, why + " for longer than the call may take: " + turn + "."),
          turn);
    }
    pause(call, turn, Reason.RATE_LIMIT);
  }

  private Duration left(@Nullable Instant end) {
    return end == null ? ChronoUnit.FOREVER.getDuration() : Duration.between(time.now(), end);
  }

  private Duration limit(Duration attempt, @Nullable Instant end) {
    if (end == null) {
      return attempt;
    }
    Duration left = left(end);
    return attempt.isZero() || left.compareTo(attempt) < 0 ? left : attempt;
  }

  private void pause(ApiRequest call, Duration pause, Reason reason) {
    listener.waiting(call.toString(), pause, reason);
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              provider, "The thread was interrupted while it waited to send " + call + "."),
          e);
    }
  }
}
