package dev.finetune4j.azure;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an {@link AzureProvider}. Not thread-safe.
 *
 * <p>The data plane wants a key or a token, the resource manager always a token; with one {@link
 * TokenSupplier} both are asked under their own scopes.
 */
public final class AzureOptions {
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
  Face face = Face.V1;
  TrainingType trainingType = TrainingType.GLOBAL_STANDARD;
  AzureDeploymentOptions deployments = AzureDeploymentOptions.standard();
  String managementHost = "https://management.azure.com";
  String dataScope = "https://cognitiveservices.azure.com/.default";
  String managementScope = "https://management.azure.com/.default";
  PollingSchedule filePolling = PollingSchedule.standard().givingUpAfter(Duration.ofMinutes(30));
  HttpSettings http = HttpSettings.standard();
  Time time = Time.system();

  AzureOptions(String endpoint) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
  }

  /** How the data plane is spoken to. What one face lacks is asked of the other. */
  public enum Face {
    /** {@code /openai/v1/...}: OpenAI's own shapes; the one to take for new code. */
    V1,
    /** {@code /openai/...?api-version=...}: the older one, dated. */
    CLASSIC
  }

  /** Where a job is computed; decides its price and where the data may go. */
  public enum TrainingType {
    /** In the resource's own region: the data stays there. In a few regions, OpenAI models only. */
    STANDARD("Standard"),
    /** Wherever there is room: cheaper, for all models, and the data may leave the region. */
    GLOBAL_STANDARD("GlobalStandard"),
    /** On spare machines: cheapest, may be interrupted, and the data may leave the region. */
    DEVELOPER("developerTier");

    private final String word;

    TrainingType(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** The resource as the resource manager knows it. */
  record Account(String subscription, String resourceGroup, String name) {}

  /** Sets the key of the data plane; the resource manager takes none. */
  public AzureOptions apiKey(String key) {
    apiKey = key;
    return this;
  }

  /** Sets where tokens come from, for the data plane if there is no key, and for deployments. */
  public AzureOptions tokens(TokenSupplier supplier) {
    Objects.requireNonNull(supplier, "tokens");
    tokens = settings -> supplier;
    return this;
  }

  /** Sets a supplier of tokens that is made with the settings of {@link #http}. */
  AzureOptions tokensThrough(Function<HttpSettings, TokenSupplier> supplier) {
    tokens = supplier;
    return this;
  }

  /** Sets where the tokens for deployments come from, if not from {@link #tokens}. */
  public AzureOptions managementTokens(TokenSupplier supplier) {
    managementTokens = supplier;
    return this;
  }

  /** Names the resource for the resource manager; without it nothing can be deployed. */
  public AzureOptions account(String subscriptionId, String resourceGroup, String accountName) {
    account = new Account(subscriptionId, resourceGroup, accountName);
    return this;
  }

  /** Sets the face; {@link Face#V1} if not set. */
  public AzureOptions face(Face chosen) {
    face = chosen;
    return this;
  }

  /**
   * Sets the API version: a date such as {@code 2024-10-21} for what the classic face serves,
   * {@code 2025-04-01-preview} if not set; {@code v1} or {@code preview} for the other, nothing if
   * not set.
   */
  public AzureOptions apiVersion(String version) {
    apiVersion = version;
    return this;
  }

  /**
   * Sets where jobs are computed; {@link TrainingType#GLOBAL_STANDARD} if not set, which every
   * trainable model has. Take {@link TrainingType#STANDARD} where the data must stay in its region.
   */
  public AzureOptions trainingType(TrainingType type) {
    trainingType = type;
    return this;
  }

  /** Sets how models are deployed; {@link AzureDeploymentOptions#standard()} if not set. */
  public AzureOptions deployments(AzureDeploymentOptions options) {
    deployments = options;
    return this;
  }

  /** Names a deployment that exists and serves a base model, for comparing with it. */
  public AzureOptions baseDeployment(String baseModel, String deploymentName) {
    baseDeployments.put(baseModel, deploymentName);
    return this;
  }

  /** Lets training files expire, 14 to 30 days after their upload; they stay if not set. */
  public AzureOptions fileExpiry(Duration time) {
    fileExpiry = time;
    return this;
  }

  /**
   * Sets the largest file that is sent in one request, 100,000,000 bytes if not set: larger ones
   * were seen to fail later, during the job. Above it a file travels in parts.
   */
  public AzureOptions largestWholeFile(long bytes) {
    largestWholeFile = bytes;
    return this;
  }

  /** Lets training files begin with a byte order mark, as some of Azure's documents ask. */
  public AzureOptions withByteOrderMark() {
    byteOrderMark = true;
    return this;
  }

  /** Sets how often an uploaded file is looked at; for up to 30 minutes if not set. */
  public AzureOptions filePolling(PollingSchedule schedule) {
    filePolling = schedule;
    return this;
  }

  /** Sets the resource manager's address; that of the public cloud if not set. */
  public AzureOptions managementHost(String url) {
    managementHost = url;
    return this;
  }

  /**
   * Sets what tokens are to open, for other clouds and for Foundry projects ({@code
   * https://ai.azure.com/.default}); the scopes of the public cloud if not set.
   */
  public AzureOptions scopes(String dataPlane, String management) {
    dataScope = dataPlane;
    managementScope = management;
    return this;
  }

  /**
   * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
   * {@link HttpSettings#standard()} if not set. They hold for both planes; a supplier of {@link
   * AzureTokenOptions} has its own, except the one of {@link AzureProvider#fromEnvironment()}.
   */
  public AzureOptions http(HttpSettings settings) {
    http = Objects.requireNonNull(settings, "http");
    return this;
  }

  /** Sets the clock; the system's if not set. */
  public AzureOptions time(Time clock) {
    time = clock;
    return this;
  }

  /**
   * Returns the provider. No I/O.
   *
   * @throws IllegalArgumentException if there is neither a key nor a supplier of tokens, or the
   *     endpoint is no URL
   */
  public AzureProvider build() {
    return new AzureProvider(this);
  }

  /** Returns the endpoint, never a secret. */
  @Override
  public String toString() {
    return "AzureOptions(" + endpoint + ", " + face + ")";
  }
}
