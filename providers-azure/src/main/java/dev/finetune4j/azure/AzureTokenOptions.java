package dev.finetune4j.azure;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.oauth.CachedTokens;
import dev.finetune4j.providerkit.oauth.ClientCredentials;
import dev.finetune4j.providerkit.oauth.ClientCredentials.Client;
import dev.finetune4j.providerkit.oauth.CommandTokens;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Creates suppliers of Microsoft Entra tokens. Each supplier caches a token until 5 minutes before
 * it expires. Immutable and thread-safe.
 *
 * <pre>{@code
 * TokenSupplier tokens = AzureTokenOptions.publicCloud().clientSecret(tenant, client, secret);
 * TokenSupplier others = scope -> azureIdentity.getTokenSync(context(scope)).getToken();
 * }</pre>
 */
public final class AzureTokenOptions {
  static final ProviderId ID = new ProviderId("azure-identity");

  private final String authorityHost;
  private final String managedIdentityHost;
  private final String cliCommand;
  private final Time time;
  private final HttpSettings http;

  private AzureTokenOptions(
      String authorityHost,
      String managedIdentityHost,
      String cliCommand,
      Time time,
      HttpSettings http) {
    this.authorityHost = authorityHost;
    this.managedIdentityHost = managedIdentityHost;
    this.cliCommand = cliCommand;
    this.time = time;
    this.http = http;
  }

  /**
   * Returns options with the hosts of the public cloud, {@code az} on the path, and the system
   * clock.
   */
  public static AzureTokenOptions publicCloud() {
    return new AzureTokenOptions(
        "https://login.microsoftonline.com",
        "http://169.254.169.254",
        "az",
        Time.system(),
        HttpSettings.standard());
  }

  /** Returns a copy with the sign-in host of another cloud. */
  public AzureTokenOptions withAuthorityHost(String url) {
    return new AzureTokenOptions(url, managedIdentityHost, cliCommand, time, http);
  }

  /** Returns a copy with another host of the managed identity service. */
  public AzureTokenOptions withManagedIdentityHost(String url) {
    return new AzureTokenOptions(authorityHost, url, cliCommand, time, http);
  }

  /** Returns a copy with another path of the Azure CLI. */
  public AzureTokenOptions withCliCommand(String command) {
    return new AzureTokenOptions(authorityHost, managedIdentityHost, command, time, http);
  }

  /** Returns a copy with another clock. */
  public AzureTokenOptions withTime(Time clock) {
    return new AzureTokenOptions(authorityHost, managedIdentityHost, cliCommand, clock, http);
  }

  /**
   * Returns these with other settings of the network for the sign-in host. The machine's own
   * identity is asked directly, since no proxy reaches it.
   */
  public AzureTokenOptions withHttp(HttpSettings settings) {
    return new AzureTokenOptions(
        authorityHost,
        managedIdentityHost,
        cliCommand,
        time,
        Objects.requireNonNull(settings, "http"));
  }

  /** Returns tokens for an application with a client secret. */
  public TokenSupplier clientSecret(String tenantId, String clientId, String secret) {
    return new CachedTokens(
        ClientCredentials.secret(
            transport(authorityHost, http),
            path(tenantId),
            time,
            new Client(clientId, () -> secret)),
        time);
  }

  /**
   * Returns tokens for an application whose platform provides a federated token, such as Kubernetes
   * or GitHub.
   *
   * @param tokenFile the file with the platform's token; read at each fetch, because it changes
   */
  public TokenSupplier workloadIdentity(String tenantId, String clientId, Path tokenFile) {
    return new CachedTokens(
        ClientCredentials.assertion(
            transport(authorityHost, http),
            path(tenantId),
            time,
            new Client(clientId, () -> content(tokenFile))),
        time);
  }

  /** Returns tokens of the managed identity of this Azure machine. */
  public TokenSupplier managedIdentity() {
    return new CachedTokens(
        new ManagedIdentity(transport(managedIdentityHost, HttpSettings.standard()), time, null),
        time);
  }

  /** Returns tokens of one of several managed identities of this Azure machine. */
  public TokenSupplier managedIdentity(String clientId) {
    return new CachedTokens(
        new ManagedIdentity(
            transport(managedIdentityHost, HttpSettings.standard()), time, clientId),
        time);
  }

  /**
   * Returns tokens of the user signed in with {@code az login}; each fetch runs the Azure CLI once.
   */
  public TokenSupplier azureCli() {
    return new CachedTokens(
        new CommandTokens(ID, this::cliLine, "Install the Azure CLI and run \"az login\".", time),
        time);
  }

  private List<String> cliLine(String scope) {
    String resource = ManagedIdentity.resource(scope);
    return List.of(cliCommand, "account", "get-access-token", "--resource", resource, "-o", "json");
  }

  private HttpTransport transport(String url, HttpSettings settings) {
    return HttpTransport.builder(ID, AzureEndpoint.url(url))
        .time(time)
        .http(settings)
        .errors(AzureErrors.reader(time::now))
        .build();
  }

  private static String path(String tenantId) {
    return tenantId + "/oauth2/v2.0/token";
  }

  private static String content(Path tokenFile) {
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw refused("Cannot read the token file " + tokenFile + ": " + e.getMessage());
    }
  }

  static AuthenticationException refused(String why) {
    return new AuthenticationException(ProviderFailure.of(ID, why));
  }
}
