package dev.finetune4j.providerkit.oauth;

import dev.finetune4j.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens of a source, each fetched once and again when it is about to expire: 5 minutes before its
 * end, so that a request under way does not outlive it. Callers of one scope wait for one fetch.
 * Thread-safe.
 */
public final class CachedTokens implements TokenSupplier {
  private static final Duration BEFORE_THE_END = Duration.ofMinutes(5);

  private final TokenSource source;
  private final Time time;
  private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

  /** Makes an empty cache. No I/O. */
  public CachedTokens(TokenSource source, Time time) {
    this.source = Objects.requireNonNull(source, "source");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public String token(String scope) {
    return tokens
        .compute(
            scope, (same, known) -> known != null && isGood(known) ? known : source.fetch(same))
        .value();
  }

  private boolean isGood(AccessToken token) {
    return time.now().plus(BEFORE_THE_END).isBefore(token.expiresAt());
  }

  @Override
  public String toString() {
    return "CachedTokens(" + tokens.keySet() + ")";
  }
}
