package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/**
 * Sends again what is worth it: resilience4j decides whether and how long to wait, our own clock
 * waits. Thread-safe.
 */
final class Attempts {
  private final ProviderId provider;
  private final Retry retry;
  private final Time time;

  Attempts(ProviderId provider, RetryPolicy policy, Time time) {
    this.provider = provider;
    this.time = time;
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(policy.attempts())
            .retryOnException(failure -> isWorthAnother(failure, policy))
            .intervalBiFunction(
                (attempt, outcome) -> pause(attempt, outcome.getLeft(), policy).toMillis())
            .build();
    retry = Retry.of(provider.value(), config);
  }

  /** One request. */
  @FunctionalInterface
  interface Attempt<T> {
    T send() throws FailedAttempt;
  }

  <T> T untilDone(Attempt<T> attempt) {
    Retry.AsyncContext<T> context = retry.asyncContext();
    while (true) {
      try {
        T result = attempt.send();
        context.onComplete();
        return result;
      } catch (FailedAttempt failed) {
        long millis = context.onError(failed);
        if (millis < 0) {
          throw failed.failure();
        }
        sleep(Duration.ofMillis(millis), failed);
      }
    }
  }

  private void sleep(Duration pause, FailedAttempt before) {
    try {
      time.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              provider,
              "The thread was interrupted while it waited to send again after: "
                  + before.failure().getMessage()),
          e);
    }
  }

  private static boolean isWorthAnother(Throwable failure, RetryPolicy policy) {
    return failure instanceof FailedAttempt failed
        && failed.isWorthAnother()
        && failed.asked().map(asked -> asked.compareTo(policy.longestAsked()) <= 0).orElse(true);
  }

  private static Duration pause(int attempt, Throwable failure, RetryPolicy policy) {
    Duration backoff = policy.pauseAfter(attempt);
    return failure instanceof FailedAttempt failed ? failed.asked().orElse(backoff) : backoff;
  }
}
