package dev.finetune4j.providerkit.oauth;

/** Fetches a new token: one request, or one run of a program. Thread-safe. */
@FunctionalInterface
public interface TokenSource {

  /**
   * Fetches a token.
   *
   * @throws dev.finetune4j.error.ProviderException if none is given out
   */
  AccessToken fetch(String scope);
}
