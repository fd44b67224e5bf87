package dev.finetune4j.providerkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * How many connections a transport has, and how long it waits for them. Immutable; thread-safe.
 *
 * @param concurrentCalls how many calls may be under way at once; further ones wait, and a call
 *     made from inside the handling of a streamed answer counts too
 * @param idleConnections how many unused connections are kept
 * @param idleFor how long an unused one is kept
 * @param connecting the longest time to make one
 * @param silence the longest time without a byte in either direction
 */
public record ConnectionLimits(
    int concurrentCalls,
    int idleConnections,
    Duration idleFor,
    Duration connecting,
    Duration silence) {

  /** Checks the ranges. */
  public ConnectionLimits {
    if (concurrentCalls < 1 || idleConnections < 0) {
      throw new IllegalArgumentException(
          "At least 1 call and no fewer than 0 idle connections; got "
              + concurrentCalls
              + " and "
              + idleConnections
              + ".");
    }
  }

  /** Returns 256 calls at once, 8 idle connections for 5 minutes, 10 s, 10 minutes. */
  public static ConnectionLimits standard() {
    return new ConnectionLimits(
        256, 8, Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(10));
  }

  /** Returns these with another limit on the calls under way. */
  public ConnectionLimits withConcurrentCalls(int calls) {
    return new ConnectionLimits(calls, idleConnections, idleFor, connecting, silence);
  }

  OkHttpClient newClient() {
    return new OkHttpClient.Builder()
        .connectionPool(
            new ConnectionPool(idleConnections, idleFor.toMillis(), TimeUnit.MILLISECONDS))
        .connectTimeout(connecting)
        .readTimeout(silence)
        .writeTimeout(silence)
        .build();
  }
}
