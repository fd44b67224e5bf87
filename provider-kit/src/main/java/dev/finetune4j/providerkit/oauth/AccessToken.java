package dev.finetune4j.providerkit.oauth;

import java.time.Instant;

/**
 * An access token and its expiry. Its text shows only the expiry.
 *
 * @param value the token
 * @param expiresAt its expiry
 */
public record AccessToken(String value, Instant expiresAt) {

  @Override
  public String toString() {
    return "AccessToken(****, until " + expiresAt + ")";
  }
}
