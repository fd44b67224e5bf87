package dev.finetune4j.providerkit.oauth;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tokens of the account that is signed in with a vendor's command line program, which prints JSON:
 * {@code accessToken}, and {@code expires_on} in seconds since 1970. Each fetch runs the program
 * once, for at most a minute. Thread-safe.
 *
 * @param provider whom errors name
 * @param command the program and its arguments for a scope
 * @param cure the sentence that tells a person how to get the program and to sign in
 * @param time the clock
 */
public record CommandTokens(
    ProviderId provider, Function<String, List<String>> command, String cure, Time time)
    implements TokenSource {
  private static final int LONGEST_SECONDS = 60;
  // Some programs say the end in local time only; such tokens are fetched again soon.
  private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(10);

  /**
   * Runs the program.
   *
   * @throws AuthenticationException if it is not there or gives no token
   */
  @Override
  public AccessToken fetch(String scope) {
    List<String> line = command.apply(scope);
    String program = "\"" + line.get(0) + "\"";
    try {
      Path answer = Files.createTempFile("finetune4j-", ".json");
      try {
        run(line, answer);
        return token(Json.parseObject(Files.readString(answer, StandardCharsets.UTF_8)));
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException | JsonSyntaxException e) {
      throw refused(program + " gave no token: " + e.getMessage() + ". " + cure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("The thread was interrupted while it asked " + program + ".");
    }
  }

  private void run(List<String> line, Path answer) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(answer.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw refused("\"" + line.get(0) + "\" gives no token. " + cure);
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

  private AuthenticationException refused(String why) {
    return new AuthenticationException(ProviderFailure.of(provider, why));
  }
}
