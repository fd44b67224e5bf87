package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Content;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import java.util.List;

/** Who we are; repositories made, changed and deleted (reference: sections 1.2 and 1.3). */
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
                Answer.json(JsonObject.empty().put("errors", List.of()).put("warnings", List.of())))
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

  private Answer whoami(SimulatedRequest request) throws Refusal {
    if (!state.isKnown(request)) {
      throw HubErrors.badToken();
    }
    JsonObject token = JsonObject.empty().put("displayName", "simulated").put("role", "write");
    return Answer.json(
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

  private Answer create(SimulatedRequest request) throws Refusal {
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
        throw new Refusal(
            Answer.json(
                409,
                JsonObject.empty()
                    .put("error", "You already created this " + kind + " repo")
                    .put("url", url)));
      }
      state.repositories.put(kind + "s/" + name, new Repository(kind, name, hidden));
      if (kind.equals("space")) {
        state.spacesCreated++;
      }
      return Answer.json(
          JsonObject.empty().put("url", url).put("name", name).put("id", state.hexId()));
    }
  }

  private Answer delete(SimulatedRequest request) throws Refusal {
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
      return Answer.content(200, "text/plain", Content.of("OK"));
    }
  }

  private Answer info(String kind, SimulatedRequest request, String revision) throws Refusal {
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      String commit = repository.resolve(revision);
      List<Object> files =
          repository.files(commit).keySet().stream()
              .map(path -> (Object) JsonObject.empty().put("rfilename", path).asMap())
              .toList();
      return Answer.json(
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

  private Answer settings(String kind, SimulatedRequest request) throws Refusal {
    state.requireToken(request);
    JsonObject body = request.json();
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      body.findString("visibility").ifPresent(v -> repository.isPrivate = v.equals("private"));
      return Answer.json(
          JsonObject.empty().put("visibility", repository.isPrivate ? "private" : "public"));
    }
  }

  private Answer branch(String kind, SimulatedRequest request) throws Refusal {
    state.requireToken(request);
    String start = request.json().findString("startingPoint").orElse("main");
    synchronized (state) {
      state.repository(kind, request).branch(request.variable("branch"), start);
      return Answer.content(200, "application/json", Content.of(Json.write(List.of())));
    }
  }
}
