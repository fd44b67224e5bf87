package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.util.List;

/** The account; repositories created, changed and deleted (reference: sections 1.2 and 1.3). */
final class RepositoryRoutes {
  private final HubState state;

  RepositoryRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/api/whoami-v2", this::whoami)
        .add(
            "POST",
            "/api/validate-yaml",
            request ->
                SimulatedResponse.json(
                    JsonObject.empty().put("errors", List.of()).put("warnings", List.of())))
        .add("POST", "/api/repos/create", this::create)
        .add("DELETE", "/api/repos/delete", this::delete);
    for (String kind : List.of("model", "dataset", "space")) {
      String path = "/api/" + kind + "s/{owner}/{name}";
      routes
          .add("GET", path, request -> info(kind, request, "main"))
          .add(
              "GET",
              path + "/revision/{rev}",
              request -> info(kind, request, request.variable("rev")))
          .add("PUT", path + "/settings", request -> settings(kind, request))
          .add("POST", path + "/branch/{branch}", request -> branch(kind, request));
    }
  }

  private SimulatedResponse whoami(SimulatedRequest request) throws ErrorResponseException {
    if (!state.isKnown(request)) {
      throw HubErrors.badToken();
    }
    JsonObject token = JsonObject.empty().put("displayName", "simulated").put("role", "write");
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("type", "user")
            .put("id", "62f264b9f3c90f4b6514a269")
            .put("name", state.settings.user)
            .put("fullname", state.settings.user)
            .put("isPro", false)
            .put("canPay", true)
            .put("orgs", List.of())
            .put("auth", JsonObject.empty().put("type", "access_token").put("accessToken", token)));
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    JsonObject body = request.json();
    String kind = body.findString("type").orElse("model");
    String owner = body.findString("organization").orElse(state.settings.user);
    String name = owner + "/" + body.requireString("name");
    boolean hidden =
        body.findString("visibility").map("private"::equals).orElse(false)
            || body.findBoolean("private").orElse(false);
    String url = state.hubUrl + (kind.equals("model") ? "/" : "/" + kind + "s/") + name;
    synchronized (state) {
      if (state.repositories.containsKey(kind + "s/" + name)) {
        throw new ErrorResponseException(
            SimulatedResponse.json(
                409,
                JsonObject.empty()
                    .put("error", "You already created this " + kind + " repo")
                    .put("url", url)));
      }
      state.repositories.put(kind + "s/" + name, new Repository(kind, name, hidden));
      if (kind.equals("space")) {
        state.spacesCreated++;
      }
      return SimulatedResponse.json(
          JsonObject.empty().put("url", url).put("name", name).put("id", state.hexId()));
    }
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    JsonObject body = request.json();
    String owner = body.findString("organization").orElse(state.settings.user);
    String key =
        body.findString("type").orElse("model") + "s/" + owner + "/" + body.requireString("name");
    synchronized (state) {
      if (state.repositories.remove(key) == null) {
        throw HubErrors.unseen(false);
      }
      state.spaces.remove(owner + "/" + body.requireString("name"));
      return SimulatedResponse.content(200, "text/plain", StoredContent.of("OK"));
    }
  }

  private SimulatedResponse info(String kind, SimulatedRequest request, String revision)
      throws ErrorResponseException {
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      String commit = repository.resolve(revision);
      List<Object> files =
          repository.files(commit).keySet().stream()
              .map(path -> (Object) JsonObject.empty().put("rfilename", path).asMap())
              .toList();
      return SimulatedResponse.json(
          JsonObject.empty()
              .put("_id", "621ffdc036468d709f17434d")
              .put("id", repository.name)
              .put("modelId", repository.name)
              .put("sha", commit)
              .put("private", repository.isPrivate)
              .put("gated", state.settings.gated.contains(repository.name) ? "manual" : false)
              .put("disabled", false)
              .put("lastModified", "2026-01-01T00:00:00.000Z")
              .put("tags", List.of())
              .put("siblings", files));
    }
  }

  private SimulatedResponse settings(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    JsonObject body = request.json();
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      body.findString("visibility").ifPresent(v -> repository.isPrivate = v.equals("private"));
      return SimulatedResponse.json(
          JsonObject.empty().put("visibility", repository.isPrivate ? "private" : "public"));
    }
  }

  private SimulatedResponse branch(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    String start = request.json().findString("startingPoint").orElse("main");
    synchronized (state) {
      state.repository(kind, request).branch(request.variable("branch"), start);
      return SimulatedResponse.content(
          200, "application/json", StoredContent.of(Json.write(List.of())));
    }
  }
}
