package dev.finetune4j.providerkit.oauth;

/**
 * Gives the token for a scope each time that a request is sent. Called on the thread of the
 * request, so it keeps a token as long as it is good. Thread-safe.
 *
 * <pre>{@code
 * // With an identity library of your own:
 * TokenSupplier tokens = scope -> credential.token(scope);
 * }</pre>
 */
@FunctionalInterface
public interface TokenSupplier {

  /**
   * Returns a token that is good now, without {@code Bearer}.
   *
   * @param scope what it is to open, for example {@code https://management.azure.com/.default}
   * @throws dev.finetune4j.error.ProviderException if none is given out
   */
  String token(String scope);
}
