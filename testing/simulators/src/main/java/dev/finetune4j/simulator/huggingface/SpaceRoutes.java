package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;

/** Spaces: hardware, variables, secrets and status (reference: section 1.11). */
final class SpaceRoutes {
  private final HubState state;

  SpaceRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    String space = "/api/spaces/{owner}/{name}";
    routes
        .add("GET", space + "/runtime", request -> with(request, found -> runtime(found)))
        .add("POST", space + "/secrets", this::secret)
        .add("POST", space + "/variables", this::variable)
        .add("POST", space + "/hardware", this::hardware)
        .add("POST", space + "/sleeptime", this::sleepTime)
        .add("POST", space + "/pause", this::pause)
        .add("GET", space + "/logs/run", request -> with(request, this::log));
  }

  /** What is done with the Space of a request, under the monitor of the state. */
  private interface Action {
    SimulatedResponse on(SimulatedSpace space) throws ErrorResponseException;
  }

  private SimulatedResponse with(SimulatedRequest request, Action action)
      throws ErrorResponseException {
    state.requireToken(request);
    synchronized (state) {
      Repository repository = state.repository("space", request);
      SimulatedSpace space = state.space(repository.name);
      if (repository.files("main").containsKey("Dockerfile")) {
        space.build(
            state.now(),
            state.settings.scheduling,
            variables ->
                state.settings.spaces.apply(new JobOrder(repository.name, "{}", variables)));
      }
      HubJobScenario ended = space.settle(state.now());
      if (ended != null) {
        state.leave(ended);
      }
      return action.on(space);
    }
  }

  private SimulatedResponse runtime(SimulatedSpace space) {
    return SimulatedResponse.json(space.runtime(state.now()));
  }

  private SimulatedResponse log(SimulatedSpace space) {
    return SimulatedResponse.events(space.log(state.now()));
  }

  private SimulatedResponse secret(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    return with(
        request,
        space -> {
          space.secrets.add(body.requireString("key"));
          body.requireString("value");
          return SimulatedResponse.json(JsonObject.empty());
        });
  }

  private SimulatedResponse variable(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    return with(
        request,
        space -> {
          space.variables.put(body.requireString("key"), body.requireString("value"));
          return SimulatedResponse.json(JsonObject.empty());
        });
  }

  private SimulatedResponse hardware(SimulatedRequest request) throws ErrorResponseException {
    String flavor = request.json().requireString("flavor");
    return with(
        request,
        space -> {
          space.hardware = flavor;
          return runtime(space);
        });
  }

  private SimulatedResponse sleepTime(SimulatedRequest request) throws ErrorResponseException {
    long seconds = request.json().requireLong("seconds");
    return with(
        request,
        space -> {
          space.sleepSeconds = seconds;
          return runtime(space);
        });
  }

  private SimulatedResponse pause(SimulatedRequest request) throws ErrorResponseException {
    return with(
        request,
        space -> {
          space.pause(state.now());
          return runtime(space);
        });
  }
}
