package dev.finetune4j.azure;

import dev.finetune4j.azure.AzureOptions.Face;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import java.nio.file.Path;
import java.util.Optional;

/** Settings from environment variables. Immutable. */
record AzureEnvironment(Environment variables) {

  AzureOptions options() {
    AzureOptions options =
        new AzureOptions(
            variables.require(
                "AZURE_OPENAI_ENDPOINT", "Set it, for example, to https://name.openai.azure.com"));
    find("AZURE_OPENAI_API_KEY").ifPresent(options::apiKey);
    find("AZURE_OPENAI_API_VERSION")
        .ifPresent(
            version ->
                options
                    .apiVersion(version)
                    .face(Character.isDigit(version.charAt(0)) ? Face.CLASSIC : Face.V1));
    find("AZURE_RESOURCE_MANAGER_HOST").ifPresent(options::managementHost);
    Optional<String> subscription = find("AZURE_SUBSCRIPTION_ID");
    Optional<String> group = find("AZURE_RESOURCE_GROUP");
    Optional<String> account = find("AZURE_OPENAI_ACCOUNT_NAME");
    if (subscription.isPresent() && group.isPresent() && account.isPresent()) {
      options.account(subscription.get(), group.get(), account.get());
    }
    return options.tokensThrough(this::tokens);
  }

  /** The application's credential if it has one, else the account signed in on this machine. */
  private TokenSupplier tokens(HttpSettings http) {
    AzureTokenOptions publicCloud = AzureTokenOptions.publicCloud().withHttp(http);
    AzureTokenOptions from =
        find("AZURE_AUTHORITY_HOST").map(publicCloud::withAuthorityHost).orElse(publicCloud);
    Optional<String> tenant = find("AZURE_TENANT_ID");
    Optional<String> client = find("AZURE_CLIENT_ID");
    Optional<String> secret = find("AZURE_CLIENT_SECRET");
    Optional<String> file = find("AZURE_FEDERATED_TOKEN_FILE");
    if (tenant.isPresent() && client.isPresent() && secret.isPresent()) {
      return from.clientSecret(tenant.get(), client.get(), secret.get());
    } else if (tenant.isPresent() && client.isPresent() && file.isPresent()) {
      return from.workloadIdentity(tenant.get(), client.get(), Path.of(file.get()));
    }
    return from.azureCli();
  }

  private Optional<String> find(String name) {
    return variables.find(name);
  }
}
