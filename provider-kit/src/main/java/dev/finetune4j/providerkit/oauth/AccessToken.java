package dev.finetune4j.providerkit.oauth;

import java.time.Instant;

/**
 * A token and its end. Its text shows only the end.
 *
 * @param value what is sent
 * @param expiresAt from when on it opens nothing
 */
public record AccessToken(String value, Instant expiresAt) {

  @Override
  public String toString() {
    return "AccessToken(****, until " + expiresAt + ")";
  }
}
