package dev.finetune4j.azure;

import dev.finetune4j.Time;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.oauth.AccessToken;
import dev.finetune4j.providerkit.oauth.TokenSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens from the metadata service of an Azure machine. Thread-safe. */
record ManagedIdentity(HttpTransport transport, Time time, @Nullable String clientId)
    implements TokenSource {
  private static final String ALL = "/.default";

  @Override
  public AccessToken fetch(String scope) {
    Query query =
        Query.of("api-version", "2018-02-01")
            .and("resource", resource(scope))
            .andIfPresent("client_id", clientId);
    return transport.send(
        ApiRequest.get("metadata/identity/oauth2/token").query(query).header("Metadata", "true"),
        answer -> new AccessToken(answer.requireString("access_token"), end(answer, time)));
  }

  /** The metadata service expects the resource that a scope belongs to. */
  static String resource(String scope) {
    return scope.endsWith(ALL) ? scope.substring(0, scope.length() - ALL.length()) : scope;
  }

  /** Reads a lifetime that is a number or a string of digits. */
  private static Instant end(JsonObject answer, Time time) {
    String seconds = String.valueOf(answer.asMap().get("expires_in"));
    return time.now().plusSeconds(seconds.matches("[0-9]{1,9}") ? Long.parseLong(seconds) : 0);
  }
}
