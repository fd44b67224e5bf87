package dev.finetune4j.azure;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider.ApiSurface;
import dev.finetune4j.azure.AzureProvider.TrainingType;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of {@link AzureProvider.Builder}, which alone extends this class. */
abstract sealed class AzureSettings permits AzureProvider.Builder {
  /** The resource as the resource manager identifies it. */
  record Account(String subscription, String resourceGroup, String name) {}

  final String endpoint;
  final Map<String, String> baseDeployments = new LinkedHashMap<>();
  @Nullable String apiKey;
  @Nullable Function<HttpSettings, TokenSupplier> tokens;
  @Nullable TokenSupplier managementTokens;
  @Nullable Account account;
  @Nullable String apiVersion;
  @Nullable Duration fileExpiry;
  boolean byteOrderMark;
  long largestWholeFile = 100_000_000;
  ApiSurface apiSurface = ApiSurface.V1;
  TrainingType trainingType = TrainingType.GLOBAL_STANDARD;
  AzureDeploymentOptions deployments = AzureDeploymentOptions.standard();
  String managementHost = "https://management.azure.com";
  String dataScope = "https://cognitiveservices.azure.com/.default";
  String managementScope = "https://management.azure.com/.default";
  PollingSchedule filePolling = PollingSchedule.standard().givingUpAfter(Duration.ofMinutes(30));
  HttpSettings http = HttpSettings.standard();
  Time time = Time.system();

  AzureSettings(String endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
  }

  private AzureProvider.Builder self() {
    return (AzureProvider.Builder) this;
  }

  /** Sets the API key of the data plane; the resource manager does not accept keys. */
  public AzureProvider.Builder apiKey(String key) {
    apiKey = key;
    return self();
  }

  /** Sets the source of tokens for deployments, and for the data plane if there is no key. */
  public AzureProvider.Builder tokens(TokenSupplier supplier) {
    Objects.requireNonNull(supplier, "tokens");
    tokens = settings -> supplier;
    return self();
  }

  /** Sets a supplier of tokens that is made with the settings of {@link #http}. */
  AzureProvider.Builder tokensThrough(Function<HttpSettings, TokenSupplier> supplier) {
    tokens = supplier;
    return self();
  }

  /** Sets the source of tokens for deployments, if other than {@link #tokens}. */
  public AzureProvider.Builder managementTokens(TokenSupplier supplier) {
    managementTokens = supplier;
    return self();
  }

  /** Sets the resource for the resource manager; required for deployments. */
  public AzureProvider.Builder account(
      String subscriptionId, String resourceGroup, String accountName) {
    account = new Account(subscriptionId, resourceGroup, accountName);
    return self();
  }

  /** Sets the API of the data plane; {@link ApiSurface#V1} if not set. */
  public AzureProvider.Builder apiSurface(ApiSurface chosen) {
    apiSurface = chosen;
    return self();
  }

  /**
   * Sets the API version. A date such as {@code 2024-10-21} applies to {@link ApiSurface#CLASSIC},
   * whose default is {@code 2025-04-01-preview}; {@code v1} or {@code preview} applies to {@link
   * ApiSurface#V1}, which sends no version by default.
   */
  public AzureProvider.Builder apiVersion(String version) {
    apiVersion = version;
    return self();
  }

  /**
   * Sets where jobs run; {@link TrainingType#GLOBAL_STANDARD} if not set, which every trainable
   * model supports. Use {@link TrainingType#STANDARD} if the data must stay in its region.
   */
  public AzureProvider.Builder trainingType(TrainingType type) {
    trainingType = type;
    return self();
  }

  /** Sets how models are deployed; {@link AzureDeploymentOptions#standard()} if not set. */
  public AzureProvider.Builder deployments(AzureDeploymentOptions options) {
    deployments = options;
    return self();
  }

  /** Names an existing deployment of a base model, to compare tuned models with. */
  public AzureProvider.Builder baseDeployment(String baseModel, String deploymentName) {
    baseDeployments.put(baseModel, deploymentName);
    return self();
  }

  /** Lets training files expire 14 to 30 days after their upload; they do not expire if not set. */
  public AzureProvider.Builder fileExpiry(Duration time) {
    fileExpiry = time;
    return self();
  }

  /**
   * Sets the largest file that is sent in one request; 100,000,000 bytes if not set, because jobs
   * with larger ones have been seen to fail later. Larger files are sent in parts.
   */
  public AzureProvider.Builder largestWholeFile(long bytes) {
    largestWholeFile = bytes;
    return self();
  }

  /** Starts training files with a byte order mark, as some Azure documents require. */
  public AzureProvider.Builder withByteOrderMark() {
    byteOrderMark = true;
    return self();
  }

  /** Sets how often an uploaded file is polled; for up to 30 minutes if not set. */
  public AzureProvider.Builder filePolling(PollingSchedule schedule) {
    filePolling = schedule;
    return self();
  }

  /** Sets the address of the resource manager; the public cloud's if not set. */
  public AzureProvider.Builder managementHost(String url) {
    managementHost = url;
    return self();
  }

  /**
   * Sets the token scopes, for other clouds and for Foundry projects ({@code
   * https://ai.azure.com/.default}); the scopes of the public cloud if not set.
   */
  public AzureProvider.Builder scopes(String dataPlane, String management) {
    dataScope = dataPlane;
    managementScope = management;
    return self();
  }

  /**
   * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
   * {@link HttpSettings#standard()} if not set. They hold for both planes; a supplier of {@link
   * AzureTokenOptions} has its own, except the one of {@link AzureProvider#fromEnvironment()}.
   */
  public AzureProvider.Builder http(HttpSettings settings) {
    http = Objects.requireNonNull(settings, "http");
    return self();
  }

  /** Sets the clock; the system's if not set. */
  public AzureProvider.Builder time(Time clock) {
    time = clock;
    return self();
  }
}
