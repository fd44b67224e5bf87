package dev.finetune4j.simulator.azure;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Issues tokens valid for an hour (by secret, assertion or managed identity) and checks them. */
final class Tokens implements Dispatch.RequestFilter {
  static final Duration LIFE = Duration.ofHours(1);

  private final AzureSettings settings;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Tokens(AzureSettings settings) {
    this.settings = settings;
  }

  private record Known(String scope, Instant expiresAt) {}

  void addTo(Routes routes) {
    routes
        .add("POST", "/{tenant}/oauth2/v2.0/token", this::forClient)
        .add("GET", "/metadata/identity/oauth2/token", this::forMachine);
  }

  /** Returns how many tokens were given out. */
  int given() {
    return known.size();
  }

  /** Makes a token without a request. */
  String issue(String scope) {
    String token = "simulated-token-" + (known.size() + 1) + "-" + scope.length();
    known.put(token, new Known(scope, settings.time.now().plus(LIFE)));
    return token;
  }

  /** Returns whether a request carries a token for one of the scopes that is good now. */
  boolean isGood(SimulatedRequest request, String... scopes) {
    String header = request.header("Authorization").orElse("");
    Known found = known.get(header.replaceFirst("^Bearer ", ""));
    return found != null
        && settings.time.now().isBefore(found.expiresAt())
        && List.of(scopes).contains(found.scope());
  }

  private SimulatedResponse forClient(SimulatedRequest request) throws ErrorResponseException {
    Map<String, String> form = form(request.text());
    boolean isProven =
        settings.clientSecret.equals(form.get("client_secret"))
            || form.getOrDefault("client_assertion", "").startsWith("signed-");
    boolean isKnown =
        AzureSettings.TENANT.equals(request.variable("tenant"))
            && AzureSettings.CLIENT.equals(form.get("client_id"));
    if (!isProven || !isKnown || !"client_credentials".equals(form.get("grant_type"))) {
      throw new ErrorResponseException(
          SimulatedResponse.json(
              401,
              JsonObject.empty()
                  .put("error", "invalid_client")
                  .put("error_description", "AADSTS7000215: Invalid client secret provided.")));
    }
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("token_type", "Bearer")
            .put("expires_in", LIFE.toSeconds())
            .put("access_token", issue(form.getOrDefault("scope", ""))));
  }

  private SimulatedResponse forMachine(SimulatedRequest request) throws ErrorResponseException {
    if (request.header("Metadata").isEmpty()) {
      throw new ErrorResponseException(
          SimulatedResponse.json(400, JsonObject.empty().put("error", "invalid_request")));
    }
    String resource = request.query("resource").orElse("");
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("access_token", issue(resource + "/.default"))
            .put("expires_in", String.valueOf(LIFE.toSeconds())));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] halves = pair.split("=", 2);
      if (halves.length == 2) {
        fields.put(
            URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
            URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  @Override
  public void admit(SimulatedRequest request, String template) {}

  @Override
  public SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    return answer;
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    return SimulatedResponse.json(404, JsonObject.empty().put("error", "not_found"));
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    return SimulatedResponse.json(400, JsonObject.empty().put("error", "invalid_request"));
  }
}
