package dev.finetune4j.providerkit.oauth;

import dev.finetune4j.Time;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Tokens for a program by the client credentials grant of OAuth 2 (RFC 6749, section 4.4): with a
 * secret, or with an assertion that another service signed (RFC 7523). Thread-safe; the transport
 * belongs to the caller.
 */
public final class ClientCredentials implements TokenSource {
  private static final String JWT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final HttpTransport transport;
  private final String path;
  private final Time time;
  private final Supplier<Map<String, String>> credential;

  private ClientCredentials(
      HttpTransport transport, String path, Time time, Supplier<Map<String, String>> credential) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.path = path;
    this.time = time;
    this.credential = credential;
  }

  /**
   * Returns a source for a client with a secret.
   *
   * @param path where tokens are given out, below the transport's base URL
   */
  public static ClientCredentials secret(
      HttpTransport transport, String path, Time time, Client client) {
    return new ClientCredentials(
        transport,
        path,
        time,
        () -> Map.of("client_id", client.id(), "client_secret", client.credential().get()));
  }

  /** Returns a source for a client with a signed assertion, asked for at each fetch. */
  public static ClientCredentials assertion(
      HttpTransport transport, String path, Time time, Client client) {
    return new ClientCredentials(
        transport,
        path,
        time,
        () ->
            Map.of(
                "client_id",
                client.id(),
                "client_assertion_type",
                JWT,
                "client_assertion",
                client.credential().get()));
  }

  /**
   * Who asks. Its text shows only the id.
   *
   * @param id the client's public name
   * @param credential the secret or the assertion
   */
  public record Client(String id, Supplier<String> credential) {

    @Override
    public String toString() {
      return "Client(" + id + ")";
    }
  }

  @Override
  public AccessToken fetch(String scope) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("scope", scope);
    fields.putAll(credential.get());
    return transport.send(
        ApiRequest.post(path).fields(fields).idempotency(Idempotency.SAFE),
        answer ->
            new AccessToken(
                answer.requireString("access_token"),
                time.now().plusSeconds(answer.findLong("expires_in").orElse(0))));
  }
}
