package dev.finetune4j.providerkit;

import dev.finetune4j.error.ProviderException;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a request is sent again: resilience4j's Retry decides, with its events and
 * metrics, within what may be repeated at all. It never sleeps, because only its asynchronous
 * contexts are used. Thread-safe.
 */
final class Retries {
  // Back-off is shortened by up to a quarter, so that callers who failed together part.
  private static final double JITTER = 0.25;

  // The failures that resilience4j decides about right now. Its predicates get only the exception,
  // which applications know; whether the request may be repeated at all stands here.
  private static final Map<Throwable, FailedAttempt> DECIDING = new ConcurrentHashMap<>();

  private final Retry retry;
  private final Duration longestAsked;

  Retries(HttpTransportBuilder settings) {
    RetryPolicy chosen = settings.isProbe ? RetryPolicy.none() : settings.http.retries();
    RetryPolicy declared = chosen == null ? settings.retries : chosen;
    RetryPolicy policy = declared == null ? RetryPolicy.standard() : declared;
    longestAsked = policy.longestAsked();
    RetryConfig own = own(policy, settings.jitter);
    RetryRegistry registry = settings.http.retryRegistry();
    if (registry == null || settings.isProbe) {
      retry = Retry.of(settings.instanceName(), own);
    } else {
      retry = in(registry, settings.instanceName(), declared == null ? null : own);
    }
  }

  /** Returns the instance of a registry, made with {@code own} or the registry's defaults. */
  private static Retry in(RetryRegistry registry, String name, @Nullable RetryConfig own) {
    return registry
        .find(name)
        .orElseGet(
            () -> {
              RetryConfig named = registry.getConfiguration(name).orElse(null);
              RetryConfig base = named == null ? own : narrowed(named);
              return registry.retry(
                  name, base == null ? narrowed(registry.getDefaultConfig()) : base);
            });
  }

  private static RetryConfig own(RetryPolicy policy, DoubleSupplier chance) {
    return RetryConfig.custom()
        .maxAttempts(policy.attempts())
        .retryOnException(Retries::isRepeatable)
        .intervalBiFunction(
            (attempt, outcome) -> {
              double share = 1 - JITTER * chance.getAsDouble();
              Duration pause = policy.pauseAfter(attempt);
              return asked(outcome.getLeft())
                  .map(Duration::toMillis)
                  .orElseGet(() -> Math.round(pause.toMillis() * share));
            })
        .build();
  }

  /** Returns a configuration of the application's that repeats nothing that must not be. */
  private static RetryConfig narrowed(RetryConfig theirs) {
    Predicate<Throwable> predicate = theirs.getExceptionPredicate();
    IntervalBiFunction<Object> interval = theirs.getIntervalBiFunction();
    return RetryConfig.custom()
        .maxAttempts(theirs.getMaxAttempts())
        .retryOnException(failure -> isRepeatable(failure) && predicate.test(failure))
        .intervalBiFunction(interval)
        .build();
  }

  private static boolean isRepeatable(Throwable failure) {
    FailedAttempt failed = DECIDING.get(failure);
    return failed != null && failed.isWorthAnother();
  }

  private static Optional<Duration> asked(Throwable failure) {
    FailedAttempt failed = DECIDING.get(failure);
    // A service that asks for no pause at all gets the usual one.
    return failed == null
        ? Optional.empty()
        : failed.asked().filter(pause -> pause.compareTo(Duration.ZERO) > 0);
  }

  /** Starts a call. */
  <T> Retry.AsyncContext<T> begin() {
    return retry.asyncContext();
  }

  /** Returns how long to wait before the next request of a call; empty if there is none. */
  Optional<Duration> pause(Retry.AsyncContext<?> context, FailedAttempt failed) {
    boolean isTooLong = failed.asked().filter(p -> p.compareTo(longestAsked) > 0).isPresent();
    FailedAttempt decided = isTooLong ? failed.asFinal() : failed;
    ProviderException failure = failed.failure();
    DECIDING.put(failure, decided);
    try {
      if (!decided.isWorthAnother()
          && retry.getRetryConfig().getExceptionPredicate().test(failure)) {
        // An instance of the application's would announce another request that never comes.
        return Optional.empty();
      }
      long millis = context.onError(failure);
      return millis < 0
          ? Optional.empty()
          : Optional.of(asked(failure).orElse(Duration.ofMillis(millis)));
    } finally {
      DECIDING.remove(failure);
    }
  }

  /** Returns the longest wait that a service may ask for. */
  Duration longestAsked() {
    return longestAsked;
  }
}
