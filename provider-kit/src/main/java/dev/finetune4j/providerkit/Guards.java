package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.error.UnexpectedResponseException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The application's rate limiter and circuit breaker, through which each request passes. Neither
 * blocks here. Thread-safe.
 */
final class Guards {
  private final ProviderId provider;
  private final @Nullable RateLimiter limiter;
  private final @Nullable CircuitBreaker breaker;
  private final OpenUntil openUntil;

  Guards(HttpTransportBuilder settings) {
    provider = settings.provider;
    String name = settings.instanceName();
    var limiters = settings.isProbe ? null : settings.http.rateLimiterRegistry();
    var breakers = settings.isProbe ? null : settings.http.circuitBreakerRegistry();
    limiter = limiters == null ? null : limiters.rateLimiter(name);
    breaker = breakers == null ? null : breakers.circuitBreaker(name);
    openUntil = breaker == null ? new OpenUntil() : OpenUntil.of(breaker);
  }

  /**
   * Takes one permission of the rate limiter.
   *
   * @return how long to wait before the permission may be used
   * @throws RateLimitException if the limiter grants none within its timeout
   */
  Duration reserve(ApiRequest call) {
    if (limiter == null) {
      return Duration.ZERO;
    }
    long nanos = limiter.reservePermission();
    if (nanos < 0) {
      var config = limiter.getRateLimiterConfig();
      throw new RateLimitException(
          ProviderFailure.of(
              provider,
              "The rate limiter \""
                  + limiter.getName()
                  + "\" of this application has no permission for "
                  + call
                  + " within its timeoutDuration of "
                  + config.getTimeoutDuration()
                  + "; no request was sent."),
          config.getLimitRefreshPeriod());
    }
    return Duration.ofNanos(nanos);
  }

  /** Sends a request through the circuit breaker, which records the outcome. */
  <T> T send(RetryExecutor.Attempt<T> operation, HttpAttempt attempt) throws FailedAttempt {
    CircuitBreaker passed = breaker;
    if (passed == null) {
      return operation.send(attempt);
    }
    if (!passed.tryAcquirePermission()) {
      throw new FailedAttempt(refused(passed, attempt.call()), false, Optional.empty());
    }
    long begin = passed.getCurrentTimestamp();
    boolean isCounted = false;
    try {
      T result = operation.send(attempt);
      passed.onSuccess(passed.getCurrentTimestamp() - begin, passed.getTimestampUnit());
      isCounted = true;
      return result;
    } catch (FailedAttempt failed) {
      if (!Thread.currentThread().isInterrupted()) {
        count(passed, begin, failed.failure());
        isCounted = true;
      }
      throw failed;
    } finally {
      if (!isCounted) {
        passed.releasePermission();
      }
    }
  }

  /** A service that rejects a bad request is healthy; other failures count against it. */
  private static void count(CircuitBreaker passed, long begin, ProviderException failure) {
    long took = passed.getCurrentTimestamp() - begin;
    if (failure.isRetryable() || failure instanceof UnexpectedResponseException) {
      passed.onError(took, passed.getTimestampUnit(), failure);
    } else {
      passed.onSuccess(took, passed.getTimestampUnit());
    }
  }

  private CircuitOpenException refused(CircuitBreaker passed, ApiRequest call) {
    CircuitBreaker.State state = passed.getState();
    Instant until = state == CircuitBreaker.State.OPEN ? openUntil.instant : null;
    String what =
        state == CircuitBreaker.State.HALF_OPEN
            ? "is half open and its trial requests are under way"
            : "is open" + (until == null ? "" : " until " + until);
    return new CircuitOpenException(
        ProviderFailure.of(
            provider,
            "The circuit breaker \""
                + passed.getName()
                + "\" of this application "
                + what
                + "; "
                + call
                + " was not sent."),
        until);
  }

  /** When an open breaker lets requests through again, which resilience4j does not expose. */
  private static final class OpenUntil {
    private static final Map<CircuitBreaker, OpenUntil> KNOWN =
        Collections.synchronizedMap(new WeakHashMap<>());

    private volatile @Nullable Instant instant;
    private volatile int opened;

    static OpenUntil of(CircuitBreaker breaker) {
      return KNOWN.computeIfAbsent(
          breaker,
          watched -> {
            OpenUntil known = new OpenUntil();
            var waits = watched.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState();
            watched
                .getEventPublisher()
                .onStateTransition(
                    event -> {
                      known.turned(event);
                      if (isOpening(event)) {
                        known.instant =
                            event
                                .getCreationTime()
                                .toInstant()
                                .plusMillis(waits.apply(known.opened));
                      }
                    });
            return known;
          });
    }

    private static boolean isOpening(CircuitBreakerOnStateTransitionEvent event) {
      return event.getStateTransition().getToState() == CircuitBreaker.State.OPEN;
    }

    /** Counts how often it opened in a row, because the wait may grow with it. */
    private synchronized void turned(CircuitBreakerOnStateTransitionEvent event) {
      if (event.getStateTransition().getToState() == CircuitBreaker.State.CLOSED) {
        opened = 0;
      } else if (isOpening(event)) {
        opened = opened + 1;
      }
    }
  }
}
