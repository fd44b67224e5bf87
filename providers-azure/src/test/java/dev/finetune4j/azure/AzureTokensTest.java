package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.oauth.AccessToken;
import dev.finetune4j.providerkit.oauth.TokenSupplier;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.testkit.FakeClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of tokens, and how long they are cached. */
final class AzureTokensTest {
  private static final String SCOPE = "https://management.azure.com/.default";

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final SimulatedAzure service = SimulatedAzure.builder().time(time).start();
  private final AzureTokenOptions options =
      AzureTokenOptions.publicCloud()
          .withAuthorityHost(service.endpoint().toString())
          .withManagedIdentityHost(service.endpoint().toString())
          .withTime(time);

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void tokensAreCachedByScopeUntilFiveMinutesBeforeTheyExpire() {
    TokenSupplier tokens = secret();

    String first = tokens.token(SCOPE);
    time.advance(Duration.ofMinutes(54));
    String same = tokens.token(SCOPE);
    time.advance(Duration.ofMinutes(2));
    String second = tokens.token(SCOPE);
    tokens.token("https://cognitiveservices.azure.com/.default");

    assertThat(same).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
    assertThat(service.tokensGiven()).isEqualTo(3);
  }

  @Test
  void thePlatformsTokenIsReadAtEachFetch() throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "expired");
    TokenSupplier tokens = options.workloadIdentity("simulated-tenant", "simulated-client", file);
    assertThatThrownBy(() -> tokens.token(SCOPE)).isInstanceOf(AuthenticationException.class);

    Files.writeString(file, "signed-by-the-platform\n");

    assertThat(tokens.token(SCOPE)).startsWith("simulated-token-");
  }

  @Test
  void managedIdentitiesSupplyTokens() {
    assertThat(options.managedIdentity().token(SCOPE)).startsWith("simulated-token-");
    assertThat(options.managedIdentity("one-of-them").token(SCOPE)).startsWith("simulated-token-");
    assertThat(service.requests())
        .allSatisfy(asked -> assertThat(asked.query()).contains("resource=https%3A"))
        .anySatisfy(asked -> assertThat(asked.query()).contains("client_id=one-of-them"));
  }

  @Test
  void theSettingsOfTheNetworkHoldForTheSignInHostAndNotForTheMachinesIdentity() {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    AzureTokenOptions changed =
        options.withHttp(
            HttpSettings.builder()
                .header("X-Gateway", "team-7")
                .circuitBreakerRegistry(breakers)
                .build());

    changed
        .clientSecret("simulated-tenant", "simulated-client", service.clientSecret())
        .token(SCOPE);
    changed.managedIdentity().token(SCOPE);

    assertThat(service.requests())
        .extracting(asked -> asked.requestHeader("X-Gateway").orElse("none"))
        .containsExactly("team-7", "none");
    assertThat(breakers.getAllCircuitBreakers())
        .extracting(CircuitBreaker::getName)
        .containsExactly("finetune4j-azure-identity");
  }

  @Test
  void theCommandLineGivesTokens() throws IOException {
    Path az = folder.resolve("az");
    Files.writeString(
        az,
        """
        #!/bin/sh
        echo "$@" >> "$(dirname "$0")/calls"
        echo '{"accessToken":"from-the-cli","expires_on":4102444800,"expiresOn":"local time"}'
        """);
    assumeTrue(az.toFile().setExecutable(true), "scripts cannot be run here");
    TokenSupplier tokens = options.withCliCommand(az.toString()).azureCli();

    assertThat(tokens.token(SCOPE)).isEqualTo("from-the-cli");
    assertThat(tokens.token(SCOPE)).isEqualTo("from-the-cli");
    assertThat(folder.resolve("calls"))
        .hasContent("account get-access-token --resource https://management.azure.com -o json\n");
  }

  @Test
  void aMissingAzureCliIsExplained() {
    TokenSupplier tokens = options.withCliCommand(folder.resolve("none").toString()).azureCli();

    assertThatThrownBy(() -> tokens.token(SCOPE))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("Install the Azure CLI and run \"az login\".");
  }

  @Test
  void aWrongSecretIsRefusedAndNotShown() {
    TokenSupplier tokens =
        options.clientSecret("simulated-tenant", "simulated-client", "my-wrong-secret");

    assertThatThrownBy(() -> tokens.token(SCOPE))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("AADSTS7000215")
        .hasMessageNotContaining("my-wrong-secret");
    assertThat(tokens + " " + new AccessToken("hidden", Instant.EPOCH))
        .doesNotContain("my-wrong-secret", "hidden");
  }

  private TokenSupplier secret() {
    return options.clientSecret("simulated-tenant", "simulated-client", service.clientSecret());
  }
}
