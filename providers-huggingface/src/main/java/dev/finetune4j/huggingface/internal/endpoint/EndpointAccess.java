package dev.finetune4j.huggingface.internal.endpoint;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Access to the endpoint management API.
 *
 * @param api {@link #URL}, or the address of a simulator
 * @param namespace the owner of the endpoints, who is billed; null for the token's account
 * @param token supplies the Hub token, with which endpoints are called and download private
 *     adapters
 */
public record EndpointAccess(URI api, @Nullable String namespace, Supplier<String> token) {
  /** The public address of the service, which is not part of the Hub. */
  public static final URI URL = URI.create("https://api.endpoints.huggingface.cloud/v2");

  @Override
  public String toString() {
    return "EndpointAccess(" + api + ", " + namespace + ")";
  }
}
