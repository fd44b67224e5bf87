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
 * Settings of an {@link AzureProvider}. Not thread-safe.
 *
 * <p>The data plane accepts an API key or a token; the resource manager accepts only a token. One
 * {@link TokenSupplier} can serve both: it is called with the scope of each.
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

  /** The API of the data plane. Operations that one lacks use the other. */
  public enum Face {
    /** {@code /openai/v1/...}: OpenAI's own format, recommended for new code. */
    V1,
    /** {@code /openai/...?api-version=...}: the older API, with dated versions. */
    CLASSIC
  }

  /** Where a job runs, which determines its price and where the data may go. */
  public enum TrainingType {
    /** In the resource's region: the data stays there. OpenAI models only, in a few regions. */
    STANDARD("Standard"),
    /** In any region with capacity: cheaper, for all models; the data may leave the region. */
    GLOBAL_STANDARD("GlobalStandard"),
    /** On spare capacity: cheapest, may be interrupted; the data may leave the region. */
    DEVELOPER("developerTier");

    private final String word;

    TrainingType(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** The resource as the resource manager identifies it. */
  record Account(String subscription, String resourceGroup, String name) {}

  /** Sets the API key of the data plane; the resource manager does not accept keys. */
  public AzureOptions apiKey(String key) {
    apiKey = key;
    return this;
  }

  /** Sets the source of tokens for deployments, and for the data plane if there is no key. */
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

  /** Sets the source of tokens for deployments, if other than {@link #tokens}. */
  public AzureOptions managementTokens(TokenSupplier supplier) {
    managementTokens = supplier;
    return this;
  }

  /** Sets the resource for the resource manager; required for deployments. */
  public AzureOptions account(String subscriptionId, String resourceGroup, String accountName) {
    account = new Account(subscriptionId, resourceGroup, accountName);
    return this;
  }

  /** Sets the API of the data plane; {@link Face#V1} if not set. */
  public AzureOptions face(Face chosen) {
    face = chosen;
    return this;
  }

  /**
   * Sets the API version. A date such as {@code 2024-10-21} applies to {@link Face#CLASSIC}, whose
   * default is {@code 2025-04-01-preview}; {@code v1} or {@code preview} applies to {@link
   * Face#V1}, which sends no version by default.
   */
  public AzureOptions apiVersion(String version) {
    apiVersion = version;
    return this;
  }

  /**
   * Sets where jobs run; {@link TrainingType#GLOBAL_STANDARD} if not set, which every trainable
   * model supports. Use {@link TrainingType#STANDARD} if the data must stay in its region.
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

  /** Names an existing deployment of a base model, to compare tuned models with. */
  public AzureOptions baseDeployment(String baseModel, String deploymentName) {
    baseDeployments.put(baseModel, deploymentName);
    return this;
  }

  /** Lets training files expire 14 to 30 days after their upload; they do not expire if not set. */
  public AzureOptions fileExpiry(Duration time) {
    fileExpiry = time;
    return this;
  }

  /**
   * Sets the largest file that is sent in one request; 100,000,000 bytes if not set, because jobs
   * with larger ones have been seen to fail later. Larger files are sent in parts.
   */
  public AzureOptions largestWholeFile(long bytes) {
    largestWholeFile = bytes;
    return this;
  }

  /** Starts training files with a byte order mark, as some Azure documents require. */
  public AzureOptions withByteOrderMark() {
    byteOrderMark = true;
    return this;
  }

  /** Sets how often an uploaded file is polled; for up to 30 minutes if not set. */
  public AzureOptions filePolling(PollingSchedule schedule) {
    filePolling = schedule;
    return this;
  }

  /** Sets the address of the resource manager; the public cloud's if not set. */
  public AzureOptions managementHost(String url) {
    managementHost = url;
    return this;
  }

  /**
   * Sets the token scopes, for other clouds and for Foundry projects ({@code
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
   * @throws IllegalArgumentException if there is neither a key nor a token supplier, or the
   *     endpoint is not a valid URL
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
