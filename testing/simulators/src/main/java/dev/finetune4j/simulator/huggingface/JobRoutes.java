package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs (reference: section 2). Every connection replays the log from its start, as at the service;
 * unlike there, the stream ends with the last line so far.
 */
final class JobRoutes {
  private static final List<String> REQUIRED =
      List.of("command", "arguments", "environment", "flavor");

  private final HubState state;

  JobRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    String job = "/api/jobs/{owner}/{id}";
    routes
        .add("GET", "/api/jobs/hardware", request -> hardware())
        .add("POST", "/api/jobs/{owner}", this::create)
        .add("GET", "/api/jobs/{owner}", this::list)
        .add("GET", job, request -> SimulatedResponse.json(require(request).toJson(state.now())))
        .add("POST", job + "/cancel", this::cancel)
        .add("PUT", job + "/labels", this::relabel)
        .add("GET", job + "/logs", this::logs)
        .add("GET", job + "/events", request -> SimulatedResponse.events(List.of()));
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    JsonObject order = request.json();
    for (String name : REQUIRED) {
      if (!order.has(name)) {
        throw HubErrors.invalid("\"" + name + "\" is required");
      }
    }
    if (order.has("dockerImage") == order.has("spaceId")) {
      throw HubErrors.invalid("Either dockerImage or spaceId is required");
    }
    for (Map.Entry<String, ?> label :
        order.findObject("labels").orElse(JsonObject.empty()).asMap().entrySet()) {
      if (!(label.getKey() + label.getValue()).matches("[A-Za-z0-9._-]{1,200}")) {
        throw HubErrors.invalid("Labels have letters, digits, '.', '_' and '-'");
      }
    }
    synchronized (state) {
      requireVolumes(order);
      Instant now = state.now();
      String id = state.hexId();
      boolean serves = order.has("expose");
      // A server runs until it is ended, by whomever.
      HubJobScenario course =
          serves
              ? HubJobScenario.of(Duration.ofDays(1000))
              : state.settings.jobs.apply(JobOrder.of(id, order));
      Instant[] moments = {now, now.plus(state.settings.scheduling)};
      SimulatedHubJob job =
          new SimulatedHubJob(id, request.variable("owner"), order, course, moments);
      if (serves) {
        job.exposeAt(state.hubUrl + ServingRoutes.EXPOSED + id);
      }
      state.jobs.put(id, job);
      state.jobsCreated++;
      return SimulatedResponse.json(job.toJson(now));
    }
  }

  private void requireVolumes(JsonObject order) throws ErrorResponseException {
    for (JsonObject volume : order.objects("volumes")) {
      String kind = volume.requireString("type");
      Repository source = state.repositories.get(kind + "s/" + volume.requireString("source"));
      if (!kind.equals("bucket") && source == null) {
        throw HubErrors.invalid("There is no " + kind + " " + volume.requireString("source"));
      } else if (source != null) {
        source.resolve(volume.findString("revision").orElse("main"));
      }
    }
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    List<String> stages = values(request, "stage");
    List<String> labels = values(request, "label");
    synchronized (state) {
      Instant now = state.now();
      List<Object> found = new ArrayList<>();
      for (SimulatedHubJob job : state.jobs.values()) {
        settle(job);
        boolean fits =
            job.owner().equals(request.variable("owner"))
                && (stages.isEmpty() || stages.contains(job.stage(now)))
                && labels.stream().allMatch(label -> hasLabel(job, label));
        if (fits) {
          found.add(job.toJson(now).asMap());
        }
      }
      Collections.reverse(found);
      return SimulatedResponse.content(
          200, "application/json", StoredContent.of(Json.write(found)));
    }
  }

  private static boolean hasLabel(SimulatedHubJob job, String label) {
    String[] pair = label.split("=", 2);
    return pair.length == 2 && pair[1].equals(job.labels().findString(pair[0]).orElse(null));
  }

  private static List<String> values(SimulatedRequest request, String name) {
    return List.of(request.rawQuery().split("&", -1)).stream()
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .toList();
  }

  private SimulatedHubJob require(SimulatedRequest request) throws ErrorResponseException {
    state.requireToken(request);
    synchronized (state) {
      SimulatedHubJob job = state.jobs.get(request.variable("id"));
      if (job == null || !job.owner().equals(request.variable("owner"))) {
        throw new ErrorResponseException(HubErrors.of(404, "Job not found"));
      }
      settle(job);
      return job;
    }
  }

  /** Lets a job that has ended well leave its files. */
  private void settle(SimulatedHubJob job) throws ErrorResponseException {
    HubJobScenario course = job.settle(state.now());
    if (course == null) {
      return;
    }
    state.leave(course);
  }

  private SimulatedResponse cancel(SimulatedRequest request) throws ErrorResponseException {
    SimulatedHubJob job = require(request);
    synchronized (state) {
      job.cancel(state.now());
      return SimulatedResponse.json(job.toJson(state.now()));
    }
  }

  private SimulatedResponse relabel(SimulatedRequest request) throws ErrorResponseException {
    SimulatedHubJob job = require(request);
    synchronized (state) {
      job.relabel(request.json().requireObject("labels"));
      return SimulatedResponse.json(job.toJson(state.now()));
    }
  }

  private SimulatedResponse logs(SimulatedRequest request) throws ErrorResponseException {
    SimulatedHubJob job = require(request);
    synchronized (state) {
      return SimulatedResponse.events(job.log(state.now()));
    }
  }

  private static SimulatedResponse hardware() {
    List<Object> list =
        List.of(
            flavor("cpu-basic", 0.000167, null),
            flavor("t4-small", 0.00667, "T4"),
            flavor("a10g-large", 0.025, "A10G"));
    return SimulatedResponse.content(200, "application/json", StoredContent.of(Json.write(list)));
  }

  private static Map<String, ?> flavor(String name, double price, @Nullable String model) {
    JsonObject accelerator =
        JsonObject.empty()
            .put("type", "gpu")
            .put("model", model)
            .put("quantity", "1")
            .put("vram", "24 GB")
            .put("manufacturer", "Nvidia");
    return JsonObject.empty()
        .put("name", name)
        .put("prettyName", name)
        .put("cpu", "12 vCPU")
        .put("ram", "46 GB")
        .put("ephemeralStorage", "200 GB")
        .put("accelerator", model == null ? null : accelerator)
        .put("unitCostMicroUSD", Math.round(price * 1_000_000))
        .put("unitCostUSD", price)
        .put("unitLabel", "minute")
        .asMap();
  }
}
