package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.ListPage;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which projects may use a checkpoint; for administrators (reference: "Permissions"). */
final class PermissionRoutes {
  private static final String MODEL = "fine_tuned_model_checkpoint";
  private static final String TEMPLATE = "/fine_tuning/checkpoints/{" + MODEL + "}/permissions";

  private final State state;

  PermissionRoutes(State state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", TEMPLATE, this::list)
        .add("POST", TEMPLATE, this::create)
        .add("DELETE", TEMPLATE + "/{permission_id}", this::delete);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    synchronized (state) {
      Instant now = state.advance();
      String model = model(request);
      List<Permission> made = new ArrayList<>();
      for (Object project : body.list("project_ids")) {
        Permission permission =
            new Permission(state.ids.next("cp_", 24), model, String.valueOf(project), now);
        state.permissions.put(permission.id(), permission);
        made.add(permission);
      }
      return Lists.withEnds(new ListPage<>(made, false), Permission::id, Permission::toJson);
    }
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 10, 100);
    String project = request.query("project_id").orElse("");
    synchronized (state) {
      state.advance();
      String model = model(request);
      List<Permission> found = new ArrayList<>();
      for (Permission permission : state.permissions.values()) {
        boolean wanted = project.isEmpty() || permission.project().equals(project);
        if (wanted && permission.model().equals(model)) {
          found.add(permission);
        }
      }
      boolean ascending = request.query("order").orElse("descending").equals("ascending");
      List<Permission> ordered = ascending ? found : ListPage.reversed(found);
      String after = request.query("after").orElse("");
      ListPage<Permission> page = ListPage.of(ordered, Permission::id, after, limit);
      return Lists.withEnds(page, Permission::id, Permission::toJson);
    }
  }

  private SimulatedResponse delete(SimulatedRequest request) throws ErrorResponseException {
    String id = request.variable("permission_id");
    synchronized (state) {
      state.advance();
      Permission permission = state.permissions.get(id);
      if (permission == null || !permission.model().equals(model(request))) {
        throw OpenAiErrors.notFound("permission_id", null, "No such permission: " + id);
      }
      state.permissions.remove(id);
      return Lists.deleted("checkpoint.permission", id);
    }
  }

  private String model(SimulatedRequest request) throws ErrorResponseException {
    String name = request.variable(MODEL);
    if (!state.models.containsKey(name)) {
      throw ModelRoutes.missing(name);
    }
    return name;
  }
}
