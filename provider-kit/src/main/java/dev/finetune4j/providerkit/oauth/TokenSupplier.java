package dev.finetune4j.providerkit.oauth;

/**
 * Supplies the token for a scope; called for each request. Called on the thread of the request, so
 * it should cache a token while it is valid. Thread-safe.
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
