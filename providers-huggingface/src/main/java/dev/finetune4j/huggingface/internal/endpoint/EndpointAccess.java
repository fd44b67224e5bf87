package dev.finetune4j.huggingface.internal.endpoint;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who manages endpoints, and where.
 *
 * @param api {@link #URL}, or where tests have it
 * @param namespace who owns the endpoints and is billed; null for the account of the token
 * @param token of the Hub; endpoints are asked with it, and fetch private adapters with it
 */
public record EndpointAccess(URI api, @Nullable String namespace, Supplier<String> token) {
  /** Where the service is managed; it is not below the Hub. */
  public static final URI URL = URI.create("https://api.endpoints.huggingface.cloud/v2");

  @Override
  public String toString() {
    return "EndpointAccess(" + api + ", " + namespace + ")";
  }
}
