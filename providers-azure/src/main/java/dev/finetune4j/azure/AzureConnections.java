package dev.finetune4j.azure;

import dev.finetune4j.azure.AzureProvider.ApiSurface;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.HttpTransportBuilder;
import dev.finetune4j.providerkit.RetryPolicy;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Creates the transports to both data plane APIs and to Azure Resource Manager, over one client.
 */
final class AzureConnections implements AutoCloseable {
  private static final String CLASSIC_VERSION = "2025-04-01-preview";
  private static final String MANAGEMENT_VERSION = "2025-06-01";
  // An account runs one operation at a time, so conflicts are retried for 2 minutes in all.
  private static final RetryPolicy PATIENT =
      new RetryPolicy(8, Duration.ofSeconds(2), 2, Duration.ofSeconds(30), Duration.ofMinutes(2));

  private final AzureProvider.Builder options;
  private final AzureEndpoint endpoint;
  private final Credential data;
  private final @Nullable TokenSupplier tokens;
  private final HttpTransport v1;

  AzureConnections(AzureProvider.Builder options) {
    this.options = options;
    endpoint = AzureEndpoint.of(options.endpoint);
    var source = options.tokens;
    tokens = source == null ? null : source.apply(options.http);
    data = dataCredential(options, tokens);
    v1 = build(endpoint.v1(isDated() ? "" : version("")), data).build();
  }

  private static Credential dataCredential(
      AzureProvider.Builder options, @Nullable TokenSupplier tokens) {
    String key = options.apiKey;
    if (key != null) {
      return Credential.header("api-key", () -> key);
    } else if (tokens != null) {
      return Credential.bearer(() -> tokens.token(options.dataScope));
    }
    throw new IllegalArgumentException(
        "No credential for the data plane. Set an apiKey, or tokens from AzureTokenOptions.");
  }

  HttpTransport v1() {
    return v1;
  }

  HttpTransport classic() {
    return build(endpoint.classic(classicVersion()), data).sharing(v1).build();
  }

  /** Returns the way to one deployment: each has a rate limit of its own. */
  HttpTransport deployment(String name) {
    return build(deploymentUrl(name), data).sharing(v1).build();
  }

  /** Returns a transport that checks whether one deployment answers. */
  HttpTransport probe(String name) {
    return build(deploymentUrl(name), data).sharing(v1).probe().build();
  }

  HttpUrl deploymentUrl(String name) {
    return options.apiSurface == ApiSurface.V1
        ? endpoint.v1(isDated() ? "" : version(""))
        : endpoint.deployment(name, classicVersion());
  }

  HttpTransport management() {
    TokenSupplier own = options.managementTokens;
    TokenSupplier manager = own == null ? tokens : own;
    if (manager == null) {
      throw new IllegalArgumentException(
          "Azure Resource Manager does not accept API keys. Set tokens or managementTokens.");
    }
    HttpUrl url =
        AzureEndpoint.url(options.managementHost)
            .newBuilder()
            .addQueryParameter("api-version", MANAGEMENT_VERSION)
            .build();
    return build(url, Credential.bearer(() -> manager.token(options.managementScope)))
        .part("management")
        .retries(PATIENT)
        .sharing(v1)
        .build();
  }

  /** Returns whether the API supports pausing and methods other than supervised training. */
  boolean isPreview() {
    return options.apiSurface == ApiSurface.V1 || classicVersion().endsWith("preview");
  }

  private HttpTransportBuilder build(HttpUrl url, Credential proof) {
    return HttpTransport.builder(AzureProvider.ID, url)
        .credential(proof)
        .http(options.http)
        .errors(AzureErrors.reader(options.time::now))
        .time(options.time);
  }

  private String classicVersion() {
    return isDated() ? version(CLASSIC_VERSION) : CLASSIC_VERSION;
  }

  private boolean isDated() {
    return Character.isDigit(version("v1").charAt(0));
  }

  private String version(String otherwise) {
    @Nullable String set = options.apiVersion;
    return set == null ? otherwise : set;
  }

  @Override
  public void close() {
    v1.close();
  }
}
