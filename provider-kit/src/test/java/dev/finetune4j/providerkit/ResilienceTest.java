package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.testkit.FakeClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

/** The application's own objects of resilience4j, asked under the names that we document. */
final class ResilienceTest {
  private static final String NAME = "finetune4j-fake";

  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();

  private HttpTransport transport(HttpSettings.Builder settings) {
    return Served.transport(server, time).http(settings.build()).build();
  }

  private void enqueue(MockResponse... answers) {
    for (MockResponse answer : answers) {
      server.enqueue(answer);
    }
  }

  @Test
  void theInstanceOfTheApplicationDecidesHowOftenAndHowLongToWait() {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    Retry retry =
        registry.retry(
            NAME,
            RetryConfig.custom()
                .maxAttempts(6)
                .intervalFunction(IntervalFunction.of(Duration.ofSeconds(7)))
                .build());
    List<String> events = new ArrayList<>();
    retry
        .getEventPublisher()
        .onRetry(event -> events.add(event.getLastThrowable().getClass().getSimpleName()));
    for (int i = 0; i < 5; i++) {
      server.enqueue(Served.answer(503, ""));
    }
    server.enqueue(Served.answer(200, "{}"));

    transport(HttpSettings.builder().retryRegistry(registry)).send(ApiRequest.get("a"));

    assertThat(time.sleeps()).hasSize(5).containsOnly(Duration.ofSeconds(7));
    assertThat(events).hasSize(5).containsOnly("ProviderUnavailableException");
    assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
  }

  @Test
  void theDefaultConfigurationOfTheRegistryCountsWhereThereIsNoInstance() {
    RetryRegistry registry =
        RetryRegistry.of(
            RetryConfig.custom().maxAttempts(2).waitDuration(Duration.ofSeconds(3)).build());
    enqueue(Served.answer(503, ""), Served.answer(503, ""));

    assertThatThrownBy(
            () ->
                transport(HttpSettings.builder().retryRegistry(registry)).send(ApiRequest.get("a")))
        .isInstanceOf(ProviderUnavailableException.class);

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(3));
    Retry.Metrics metrics = registry.retry(NAME).getMetrics();
    assertThat(metrics.getNumberOfFailedCallsWithRetryAttempt()).isEqualTo(1);
  }

  @Test
  void aPolicyOfTheSettingsIsUsedAndCountedInTheRegistry() {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    enqueue(Served.answer(503, ""), Served.answer(200, "{}"), Served.answer(400, ""));
    HttpTransport transport =
        transport(HttpSettings.builder().retries(RetryPolicy.standard()).retryRegistry(registry));

    transport.send(ApiRequest.get("a"));
    assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
        .isInstanceOf(InvalidRequestException.class);

    assertThat(time.sleeps()).containsExactly(Duration.ofMillis(500));
    Retry.Metrics metrics = registry.retry(NAME).getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
    assertThat(metrics.getNumberOfFailedCallsWithoutRetryAttempt()).isEqualTo(1);
  }

  @Test
  void noPolicyOfTheApplicationRepeatsACreationWhoseAnswerWasLost() {
    RetryConfig everything =
        RetryConfig.custom().maxAttempts(9).retryOnException(failure -> true).build();
    RetryRegistry ready = RetryRegistry.ofDefaults();
    ready.retry(NAME, everything);
    RetryRegistry named = RetryRegistry.ofDefaults();
    named.addConfiguration(NAME, everything);
    List<RetryRegistry> registries = List.of(ready, named, RetryRegistry.of(everything));

    for (RetryRegistry registry : registries) {
      enqueue(Served.lost());
      HttpTransport transport = transport(HttpSettings.builder().retryRegistry(registry));
      assertThatThrownBy(() -> transport.send(ApiRequest.post("fine_tuning/jobs")))
          .isInstanceOf(ProviderUnavailableException.class);
      enqueue(Served.answer(500, ""));
      assertThatThrownBy(() -> transport.send(ApiRequest.post("fine_tuning/jobs")))
          .isInstanceOf(ProviderUnavailableException.class);
    }

    assertThat(server.getRequestCount()).isEqualTo(2 * registries.size());
    assertThat(named.retry(NAME).getMetrics().getNumberOfFailedCallsWithoutRetryAttempt())
        .isEqualTo(2);
  }

  @Test
  void aPauseThatTheServiceAsksForIsKeptWhateverTheRegistrySays() {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    enqueue(Served.answer(429, "", "Retry-After", "33"), Served.answer(200, "{}"));

    transport(HttpSettings.builder().retryRegistry(registry)).send(ApiRequest.get("a"));

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(33));
  }

  @Test
  void noRequestIsAnnouncedThatTheCallHasNoTimeFor() {
    RetryConfig slow = RetryConfig.custom().waitDuration(Duration.ofSeconds(7)).build();
    RetryRegistry ready = RetryRegistry.of(slow);
    ready.retry(NAME);
    RetryRegistry made = RetryRegistry.of(slow);
    Timeouts short5 = Timeouts.none().withTotal(Duration.ofSeconds(5));
    List<String> announced = new ArrayList<>();

    for (RetryRegistry registry : List.of(ready, made)) {
      enqueue(Served.answer(503, ""));
      HttpTransport transport = transport(HttpSettings.builder().retryRegistry(registry));
      registry.retry(NAME).getEventPublisher().onRetry(event -> announced.add(event.toString()));
      assertThatThrownBy(() -> transport.send(ApiRequest.get("a").deadlines(short5)))
          .isInstanceOf(ProviderUnavailableException.class);
    }

    assertThat(announced).isEmpty();
    assertThat(time.sleeps()).isEmpty();
    assertThat(made.retry(NAME).getMetrics().getNumberOfFailedCallsWithoutRetryAttempt())
        .isEqualTo(1);
  }

  @Test
  void anOpenCircuitRefusesBeforeTheRequestAndSaysUntilWhen() {
    CircuitBreakerRegistry registry =
        CircuitBreakerRegistry.of(
            CircuitBreakerConfig.custom()
                .slidingWindowSize(2)
                .minimumNumberOfCalls(2)
                .waitDurationInOpenState(Duration.ofMinutes(1))
                .build());
    HttpTransport transport =
        transport(
            HttpSettings.builder().retries(RetryPolicy.none()).circuitBreakerRegistry(registry));
    Instant before = Instant.now();
    for (int i = 0; i < 2; i++) {
      enqueue(Served.answer(503, ""));
      assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
          .isInstanceOf(ProviderUnavailableException.class);
    }

    CircuitOpenException refused =
        catchThrowableOfType(CircuitOpenException.class, () -> transport.send(ApiRequest.get("a")));

    assertThat(refused.isRetryable()).isTrue();
    assertThat(refused.until().orElseThrow())
        .isAfterOrEqualTo(before.plusSeconds(60))
        .isBeforeOrEqualTo(Instant.now().plusSeconds(60));
    assertThat(refused)
        .hasMessageContaining("\"finetune4j-fake\"")
        .hasMessageContaining("is open until " + refused.until().orElseThrow())
        .hasMessageContaining("GET a was not sent");
    assertThat(server.getRequestCount()).isEqualTo(2);
    assertThat(registry.circuitBreaker(NAME).getMetrics().getNumberOfNotPermittedCalls())
        .isEqualTo(1);
  }

  @Test
  void aWrongRequestIsNoFailureOfTheService() {
    CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    enqueue(Served.answer(404, ""), Served.answer(200, "{}"), Served.answer(500, ""));
    HttpTransport transport =
        transport(
            HttpSettings.builder().retries(RetryPolicy.none()).circuitBreakerRegistry(registry));

    assertThatThrownBy(() -> transport.send(ApiRequest.get("a"))).isNotNull();
    transport.send(ApiRequest.get("a"));
    assertThatThrownBy(() -> transport.send(ApiRequest.get("a"))).isNotNull();

    CircuitBreaker.Metrics metrics = registry.circuitBreaker(NAME).getMetrics();
    assertThat(metrics.getNumberOfSuccessfulCalls()).isEqualTo(2);
    assertThat(metrics.getNumberOfFailedCalls()).isEqualTo(1);
  }

  @Test
  void eachRequestTakesAPermissionAndOurClockWaitsForIt() {
    RateLimiterRegistry registry =
        RateLimiterRegistry.of(
            RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(Duration.ofHours(1))
                .build());
    enqueue(Served.answer(200, "{}"), Served.answer(200, "{}"));
    HttpTransport transport = transport(HttpSettings.builder().rateLimiterRegistry(registry));

    transport.send(ApiRequest.get("a").deadlines(Timeouts.none()));
    transport.send(ApiRequest.get("a").deadlines(Timeouts.none()));

    assertThat(time.slept()).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
    assertThatThrownBy(() -> transport.send(ApiRequest.get("a")))
        .isInstanceOf(RateLimitException.class)
        .hasMessageContaining("\"finetune4j-fake\"");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aProbePassesNoneOfThem() {
    RetryRegistry registry = RetryRegistry.ofDefaults();
    enqueue(Served.answer(503, ""));

    try (HttpTransport probe =
        Served.transport(server, time)
            .http(HttpSettings.builder().retryRegistry(registry).build())
            .probe()
            .build()) {
      assertThatThrownBy(() -> probe.send(ApiRequest.get("a")))
          .isInstanceOf(ProviderUnavailableException.class);
    }

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(registry.getAllRetries()).isEmpty();
  }
}
