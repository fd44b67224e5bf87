package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.inference.InferenceProviders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.CircuitOpenException;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.RetryPolicy;
import dev.finetune4j.testkit.FakeClock;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every setting of {@link HttpSettings} at every provider. */
final class SettingsTest {
  private static final String ELSEWHERE = "http://service.invalid";
  private static final String ANSWER =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"m","name":"me","type":"user",
       "choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},
       "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

  @StartStop final MockWebServer server = new MockWebServer();
  private final FakeClock time = new FakeClock();

  /** What is asked, each with one request. */
  enum Service {
    OPENAI("finetune4j-openai") {
      @Override
      Asked open(String address, HttpSettings http, Time time) {
        return asked(
            OpenAiProvider.builder()
                .apiKey(() -> "key")
                .baseUrl(address + "/v1")
                .http(http)
                .time(time)
                .build());
      }
    },
    AZURE("finetune4j-azure") {
      @Override
      Asked open(String address, HttpSettings http, Time time) {
        return asked(
            AzureProvider.builder(address)
                .apiKey("key")
                .baseDeployment("m", "m")
                .http(http)
                .time(time)
                .build());
      }
    },
    HUGGING_FACE("finetune4j-huggingface-models") {
      @Override
      Asked open(String address, HttpSettings http, Time time) {
        HuggingFaceHub hub = hub(address, http, time);
        ChatModel model = InferenceProviders.at(hub, URI.create(address + "/v1")).chatModel("m");
        return new Asked(() -> model.chat(ChatRequest.of("Hi")), hub::close);
      }
    },
    HUB("finetune4j-huggingface") {
      @Override
      Asked open(String address, HttpSettings http, Time time) {
        HuggingFaceHub hub = hub(address, http, time);
        return new Asked(() -> hub.transport().get("api/whoami-v2", json -> json), hub::close);
      }
    };

    final String instance;

    Service(String instance) {
      this.instance = instance;
    }

    abstract Asked open(String address, HttpSettings http, Time time);

    private static HuggingFaceHub hub(String address, HttpSettings http, Time time) {
      return HuggingFaceHub.builder()
          .endpoint(URI.create(address))
          .token("key")
          .http(http)
          .time(time)
          .build();
    }

    private static Asked asked(FineTuningProvider provider) {
      ModelReference model = new ModelReference(provider.id(), "m");
      return new Asked(
          () -> provider.chatModel(model).orElseThrow().chat(ChatRequest.of("Hi")),
          provider::close);
    }
  }

  /** An open provider. */
  record Asked(Runnable question, Runnable end) implements AutoCloseable {
    void ask() {
      question.run();
    }

    @Override
    public void close() {
      end.run();
    }
  }

  private Asked open(Service service, HttpSettings.Builder settings) {
    String address = server.url("/").toString().replaceAll("/$", "");
    return service.open(address, settings.build(), time);
  }

  private static MockResponse good() {
    return new MockResponse.Builder().body(ANSWER).build();
  }

  private static MockResponse refusal(int status) {
    return new MockResponse.Builder().code(status).build();
  }

  @ParameterizedTest
  @EnumSource
  void requestsGoThroughTheProxyWithItsCredentials(Service service) throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .code(407)
            .setHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
            .build());
    server.enqueue(good());
    HttpSettings http =
        HttpSettings.builder()
            .proxy(server.getHostName(), server.getPort(), "user", "password")
            .build();

    try (Asked asked = service.open(ELSEWHERE, http, time)) {
      asked.ask();
    }

    server.takeRequest();
    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getRequestLine()).contains(ELSEWHERE + "/");
    assertThat(sent.getHeaders().get("Proxy-Authorization"))
        .isEqualTo(Credentials.basic("user", "password"));
  }

  @ParameterizedTest
  @EnumSource
  void aServerIsTrustedByTheCertificatesThatWereSet(Service service) {
    HeldCertificate held =
        new HeldCertificate.Builder().addSubjectAlternativeName(server.getHostName()).build();
    server.useHttps(
        new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory());
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build();
    List<HttpSettings.Builder> trusting =
        List.of(
            HttpSettings.builder().tls(trusted.sslSocketFactory(), trusted.trustManager()),
            HttpSettings.builder().tls(trusted.sslContext()));

    for (HttpSettings.Builder settings : trusting) {
      server.enqueue(good());
      try (Asked asked = open(service, settings)) {
        asked.ask();
      }
    }
    try (Asked asked = open(service, HttpSettings.builder().retries(RetryPolicy.none()))) {
      assertThatThrownBy(asked::ask)
          .isInstanceOf(ProviderUnavailableException.class)
          .hasMessageContaining("certi");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theConnectTimeoutReachesTheClient(Service service) {
    List<Integer> timeouts = new ArrayList<>();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  timeouts.add(chain.connectTimeoutMillis());
                  return chain.proceed(chain.request());
                })
            .build();
    server.enqueue(good());

    try (Asked asked =
        open(service, HttpSettings.builder().client(own).connectTimeout(Duration.ofSeconds(7)))) {
      asked.ask();
    }

    assertThat(timeouts).containsExactly(7_000);
  }

  @ParameterizedTest
  @EnumSource
  void aSilentServerEndsTheRequestAfterTheReadTimeout(Service service) {
    server.enqueue(
        new MockResponse.Builder()
            .body(ANSWER)
            .onResponseBody(SocketEffect.Stall.INSTANCE)
            .build());

    try (Asked asked =
        open(
            service,
            HttpSettings.builder()
                .readTimeout(Duration.ofMillis(100))
                .retries(RetryPolicy.none()))) {
      assertThatThrownBy(asked::ask)
          .isInstanceOf(ProviderUnavailableException.class)
          .hasMessageContaining("SocketTimeoutException");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSlowAnswerEndsTheRequestAfterTheRequestTimeout(Service service) {
    server.enqueue(
        new MockResponse.Builder().body(ANSWER).headersDelay(1, TimeUnit.MINUTES).build());

    try (Asked asked =
        open(
            service,
            HttpSettings.builder()
                .requestTimeout(Duration.ofMillis(100))
                .retries(RetryPolicy.none()))) {
      assertThatThrownBy(asked::ask).isInstanceOf(ProviderUnavailableException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theCallTimeoutCountsRequestsAndPauses(Service service) {
    for (int i = 0; i < 4; i++) {
      server.enqueue(refusal(500));
    }

    try (Asked asked =
        open(
            service,
            HttpSettings.builder()
                .callTimeout(Duration.ofSeconds(80))
                .retries(pauses(Duration.ofMinutes(1))))) {
      assertThatThrownBy(asked::ask).isInstanceOf(ProviderUnavailableException.class);
    }

    // Each pause may be up to a quarter shorter.
    assertThat(time.slept()).isBetween(Duration.ofSeconds(45), Duration.ofSeconds(60));
  }

  private static RetryPolicy pauses(Duration pause) {
    return new RetryPolicy(3, pause, 1, pause, pause);
  }

  @ParameterizedTest
  @EnumSource
  void theRetryPolicyReplacesThatOfTheProvider(Service service) {
    server.enqueue(refusal(500));
    server.enqueue(refusal(500));
    server.enqueue(refusal(500));

    try (Asked asked =
        open(service, HttpSettings.builder().retries(pauses(Duration.ofSeconds(20))))) {
      assertThatThrownBy(asked::ask).isInstanceOf(ProviderUnavailableException.class);
    }

    assertThat(server.getRequestCount()).isEqualTo(3);
    // Each pause may be up to a quarter shorter.
    assertThat(time.slept()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
  }

  @ParameterizedTest
  @EnumSource
  void headersAndTheUserAgentGoAlong(Service service) throws Exception {
    server.enqueue(good());

    try (Asked asked =
        open(service, HttpSettings.builder().header("X-Gateway", "team-7").userAgent("shop/2"))) {
      asked.ask();
    }

    RecordedRequest sent = server.takeRequest();
    assertThat(sent.getHeaders().get("X-Gateway")).isEqualTo("team-7");
    assertThat(sent.getHeaders().values("User-Agent")).containsExactly("shop/2");
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationsOwnClientSendsAndStaysOpen(Service service) {
    List<String> seen = new ArrayList<>();
    OkHttpClient own =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  seen.add(chain.request().method());
                  return chain.proceed(chain.request());
                })
            .build();
    server.enqueue(good());

    try (Asked asked = open(service, HttpSettings.builder().client(own))) {
      asked.ask();
    }

    assertThat(seen).hasSize(1);
    assertThat(own.connectionPool().connectionCount()).isEqualTo(1);
    assertThat(own.dispatcher().executorService().isShutdown()).isFalse();
    own.connectionPool().evictAll();
  }

  @ParameterizedTest
  @EnumSource
  void callsShowUpInTheRegistriesUnderTheDocumentedName(Service service) {
    RetryRegistry retries = RetryRegistry.ofDefaults();
    RateLimiterRegistry limiters = RateLimiterRegistry.ofDefaults();
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    server.enqueue(refusal(503));
    server.enqueue(good());

    try (Asked asked =
        open(
            service,
            HttpSettings.builder()
                .retryRegistry(retries)
                .rateLimiterRegistry(limiters)
                .circuitBreakerRegistry(breakers))) {
      asked.ask();
      breakers.circuitBreaker(service.instance).transitionToOpenState();
      assertThatThrownBy(asked::ask).isInstanceOf(CircuitOpenException.class);
    }

    var counted = retries.find(service.instance).orElseThrow().getMetrics();
    assertThat(counted.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
    assertThat(limiters.find(service.instance)).isPresent();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }
}
