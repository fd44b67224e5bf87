package dev.finetune4j.providerkit;

import dev.finetune4j.error.ProviderException;
import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
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
 * Whether and when a request is repeated: resilience4j's Retry decides, with its events and
 * metrics, about requests that are safe to repeat. It never sleeps, because only its asynchronous
 * contexts are used. Thread-safe.
 */
final class Retries {
  // Back-off is shortened by up to a quarter, so that callers that failed together do not return
  // together.
  private static final double JITTER = 0.25;

  // The failures that resilience4j decides about right now. Its predicates and interval functions
  // get only the exception that applications know.
  private static final Map<Throwable, Decision> DECIDING = new ConcurrentHashMap<>();

  /**
   * What holds for a failure whatever resilience4j's configuration says.
   *
   * @param mayRepeat whether the request may be sent again, and in time
   * @param pause how long to wait first
   */
  private record Decision(boolean mayRepeat, Duration pause) {}

  private final Retry retry;
  private final Duration longestAsked;

  Retries(HttpTransportBuilder settings) {
    RetryPolicy chosen = settings.isProbe ? RetryPolicy.none() : settings.http.retries();
    RetryPolicy declared = chosen == null ? settings.retries : chosen;
    RetryPolicy policy = declared == null ? RetryPolicy.standard() : declared;
    longestAsked = policy.longestAsked();
    RetryConfig own = narrowed(own(policy, settings.jitter));
    RetryRegistry registry = settings.http.retryRegistry();
    if (registry == null || settings.isProbe) {
      retry = Retry.of(settings.instanceName(), own);
    } else {
      retry = in(registry, settings.instanceName(), declared == null ? null : own);
    }
  }

  /** Returns the instance of the registry, or creates it: by name, {@code own}, or the defaults. */
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
        .intervalBiFunction(
            (attempt, outcome) -> {
              double share = 1 - JITTER * chance.getAsDouble();
              return Math.round(policy.pauseAfter(attempt).toMillis() * share);
            })
        .build();
  }

  /** Returns a configuration that repeats only what may be repeated. */
  private static RetryConfig narrowed(RetryConfig given) {
    Predicate<Throwable> predicate = given.getExceptionPredicate();
    IntervalBiFunction<Object> interval = given.getIntervalBiFunction();
    return RetryConfig.custom()
        .maxAttempts(given.getMaxAttempts())
        .retryOnException(failure -> isRepeatable(failure) && predicate.test(failure))
        .intervalBiFunction(
            (attempt, outcome) -> {
              Decision decided = DECIDING.get(outcome.getLeft());
              return decided == null
                  ? interval.apply(attempt, outcome)
                  : Long.valueOf(decided.pause().toMillis());
            })
        .build();
  }

  private static boolean isRepeatable(Throwable failure) {
    Decision decided = DECIDING.get(failure);
    return decided != null && decided.mayRepeat();
  }

  /** Starts a call. */
  <T> Retry.AsyncContext<T> begin() {
    return retry.asyncContext();
  }

  /**
   * Returns how long to wait before the next request of a call; empty if the call has failed.
   *
   * @param number which request of the call failed, counted from 1
   * @param left how long the call may still take
   */
  Optional<Duration> pause(
      Retry.AsyncContext<?> context, int number, FailedAttempt failed, Duration left) {
    ProviderException failure = failed.failure();
    Decision decision = decide(number, failed, left);
    DECIDING.put(failure, decision);
    try {
      if (!decision.mayRepeat() && retry.getRetryConfig().getExceptionPredicate().test(failure)) {
        // An instance that the application made would announce a request that is never sent.
        return Optional.empty();
      }
      return context.onError(failure) < 0 ? Optional.empty() : Optional.of(decision.pause());
    } finally {
      DECIDING.remove(failure);
    }
  }

  private Decision decide(int number, FailedAttempt failed, Duration left) {
    boolean isTooLong = failed.asked().filter(p -> p.compareTo(longestAsked) > 0).isPresent();
    if (!failed.isWorthAnother() || isTooLong) {
      return new Decision(false, Duration.ZERO);
    }
    RetryConfig config = retry.getRetryConfig();
    if (number >= config.getMaxAttempts()) {
      // resilience4j ends the call and counts that all attempts failed.
      return new Decision(true, Duration.ZERO);
    }
    // A service that asks for no pause at all gets the usual one.
    Duration pause =
        failed
            .asked()
            .filter(asked -> asked.compareTo(Duration.ZERO) > 0)
            .orElseGet(
                () ->
                    Duration.ofMillis(
                        config
                            .getIntervalBiFunction()
                            .apply(number, Either.left(failed.failure()))));
    return new Decision(pause.compareTo(left) < 0, pause);
  }

  /** Returns the longest pause that a service may ask for. */
  Duration longestAsked() {
    return longestAsked;
  }
}
