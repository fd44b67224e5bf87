package dev.finetune4j.azure;

import dev.finetune4j.Time;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.providerkit.oauth.AccessToken;
import dev.finetune4j.providerkit.oauth.TokenSource;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tokens of whoever is signed in with the Azure CLI. Thread-safe; runs a program. */
record AzureCli(String command, Time time) implements TokenSource {
  private static final int LONGEST_SECONDS = 60;
  // Older versions of the CLI say the end in local time only; such tokens are fetched again soon.
  private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(10);

  @Override
  public AccessToken fetch(String scope) {
    try {
      Path answer = Files.createTempFile("finetune4j-", ".json");
      try {
        run(ManagedIdentity.resource(scope), answer);
        return token(Json.parseObject(Files.readString(answer, StandardCharsets.UTF_8)));
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException | JsonSyntaxException e) {
      throw AzureTokenOptions.refused(
          "\"" + command + "\" gave no token: is the Azure CLI installed? " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AzureTokenOptions.refused("The thread was interrupted while it asked the Azure CLI.");
    }
  }

  private void run(String resource, Path answer) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                command, "account", "get-access-token", "--resource", resource, "-o", "json")
            .redirectOutput(answer.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw AzureTokenOptions.refused("The Azure CLI gives no token. Run \"az login\".");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private AccessToken token(JsonObject answer) {
    long end = answer.findLong("expires_on").orElse(0);
    return new AccessToken(
        answer.requireString("accessToken"),
        end > 0 ? Instant.ofEpochSecond(end) : time.now().plus(UNKNOWN_LIFE));
  }
}
