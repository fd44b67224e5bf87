package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;

/** Spaces: what they run on, what they know, what they are doing (reference: section 1.11). */
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
    Answer on(SimulatedSpace space) throws Refusal;
  }

  private Answer with(SimulatedRequest request, Action action) throws Refusal {
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
      JobCourse ended = space.settle(state.now());
      if (ended != null) {
        state.leave(ended);
      }
      return action.on(space);
    }
  }

  private Answer runtime(SimulatedSpace space) {
    return Answer.json(space.runtime(state.now()));
  }

  private Answer log(SimulatedSpace space) {
    return Answer.events(space.log(state.now()));
  }

  private Answer secret(SimulatedRequest request) throws Refusal {
    JsonObject body = request.json();
    return with(
        request,
        space -> {
          space.secrets.add(body.requireString("key"));
          body.requireString("value");
          return Answer.json(JsonObject.empty());
        });
  }

  private Answer variable(SimulatedRequest request) throws Refusal {
    JsonObject body = request.json();
    return with(
        request,
        space -> {
          space.variables.put(body.requireString("key"), body.requireString("value"));
          return Answer.json(JsonObject.empty());
        });
  }

  private Answer hardware(SimulatedRequest request) throws Refusal {
    String flavor = request.json().requireString("flavor");
    return with(
        request,
        space -> {
          space.hardware = flavor;
          return runtime(space);
        });
  }

  private Answer sleepTime(SimulatedRequest request) throws Refusal {
    long seconds = request.json().requireLong("seconds");
    return with(
        request,
        space -> {
          space.sleepSeconds = seconds;
          return runtime(space);
        });
  }

  private Answer pause(SimulatedRequest request) throws Refusal {
    return with(
        request,
        space -> {
          space.pause(state.now());
          return runtime(space);
        });
  }
}
