package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.providerkit.TransportListener.Reason;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a call's turn, and sends again what is worth it: resilience4j decides whether and how
 * long to wait, our own clock waits. Thread-safe.
 */
final class Attempts {
  // Back-off is shortened by up to a quarter, so that callers who failed together part.
  private static final double JITTER = 0.25;

  private final ProviderId provider;
  private final RetryPolicy policy;
  private final Retry retry;
  private final Time time;
  private final DoubleSupplier chance;
  private final TransportListener listener;
  private final RateLimits limits = new RateLimits();

  Attempts(HttpTransportBuilder settings) {
    provider = settings.provider;
    policy = settings.retries;
    time = settings.time;
    chance = settings.jitter;
    listener = settings.listener;
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(policy.attempts())
            .retryOnException(this::isWorthAnother)
            .intervalBiFunction((attempt, outcome) -> pause(attempt, outcome.getLeft()).toMillis())
            .build();
    retry = Retry.of(provider.value(), config);
  }

  /** One request. */
  @FunctionalInterface
  interface Attempt<T> {
    T send(Flight flight) throws FailedAttempt;
  }

  /** Remembers what an answer says of the service's limits. */
  void learn(Headers headers) {
    limits.learn(headers, time.now());
  }

  <T> T untilDone(Call call, Deadlines deadlines, Attempt<T> attempt) {
    listener.callStarted(call.toString());
    Retry.AsyncContext<T> context = retry.asyncContext();
    @Nullable Instant end = deadlines.total().isZero() ? null : time.now().plus(deadlines.total());
    int refusals = 0;
    for (int number = 1; ; number++) {
      awaitTurn(call, end);
      try {
        Duration limit = limit(deadlines.attempt(), end);
        T result = attempt.send(new Flight(call, number, limit, refusals));
        context.onComplete();
        return result;
      } catch (FailedAttempt failed) {
        refusals += failed.failure() instanceof RateLimitException ? 1 : 0;
        Duration pause = Duration.ofMillis(context.onError(failed));
        if (pause.isNegative() || isPast(end, pause)) {
          throw failed.failure();
        }
        pause(call, pause, Reason.RETRY);
      }
    }
  }

  private void awaitTurn(Call call, @Nullable Instant end) {
    Duration turn = limits.pause(time.now());
    // A wait of hours is not ours to decide: the service is asked, and says so itself.
    if (turn.isZero() || turn.compareTo(policy.longestAsked()) > 0) {
      return;
    }
    if (isPast(end, turn)) {
      throw new RateLimitException(
          ProviderFailure.of(
              provider, "Its limit is used up for longer than the call may take: " + turn + "."),
          turn);
    }
    pause(call, turn, Reason.RATE_LIMIT);
  }

  private boolean isPast(@Nullable Instant end, Duration pause) {
    return end != null && !time.now().plus(pause).isBefore(end);
  }

  private Duration limit(Duration attempt, @Nullable Instant end) {
    if (end == null) {
      return attempt;
    }
    Duration left = Duration.between(time.now(), end);
    return attempt.isZero() || left.compareTo(attempt) < 0 ? left : attempt;
  }

  private void pause(Call call, Duration pause, Reason reason) {
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

  private boolean isWorthAnother(Throwable failure) {
    return failure instanceof FailedAttempt failed
        && failed.isWorthAnother()
        && failed.asked().map(asked -> asked.compareTo(policy.longestAsked()) <= 0).orElse(true);
  }

  private Duration pause(int attempt, Throwable failure) {
    if (failure instanceof FailedAttempt failed && failed.asked().isPresent()) {
      return failed.asked().get();
    }
    double share = 1 - JITTER * chance.getAsDouble();
    return Duration.ofMillis(Math.round(policy.pauseAfter(attempt).toMillis() * share));
  }
}
