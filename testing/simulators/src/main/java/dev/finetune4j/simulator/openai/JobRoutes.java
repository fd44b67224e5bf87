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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fine-tuning jobs with their events and checkpoints (reference: "OpenAI fine-tuning jobs"). */
final class JobRoutes {
  private static final String JOB = "fine_tuning_job_id";
  private static final String METADATA = "metadata[";

  private final State state;
  private final JobObject json;

  JobRoutes(State state) {
    this.state = state;
    this.json = new JobObject(state.settings);
  }

  void addTo(Routes routes) {
    String one = "/fine_tuning/jobs/{" + JOB + "}";
    routes
        .add("POST", "/fine_tuning/jobs", this::create)
        .add("GET", "/fine_tuning/jobs", this::list)
        .add("GET", one, request -> change(request, (job, now) -> {}))
        .add("POST", one + "/cancel", request -> change(request, SimulatedJob::cancel))
        .add("POST", one + "/pause", request -> change(request, SimulatedJob::pause))
        .add("POST", one + "/resume", request -> change(request, SimulatedJob::resume))
        .add("GET", one + "/events", this::events)
        .add("GET", one + "/checkpoints", this::checkpoints);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    if (state.settings.trainingClosed) {
      throw OpenAiErrors.forbidden(
          "training_not_available", "Your organization can no longer create fine-tuning jobs.");
    }
    JsonObject body = request.json();
    synchronized (state) {
      Instant now = state.advance();
      JobRequest checked = new JobCheck(state, body, now).check();
      TrainingPlan plan = TrainingPlan.of(checked, state.trainingFiles);
      SimulatedJob job = new SimulatedJob(state, checked, plan, now);
      state.jobs.put(job.id, job);
      state.jobsCreated++;
      return SimulatedResponse.json(state.settings.dialect.jobCreatedStatus(), json.of(job));
    }
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 20, 100);
    synchronized (state) {
      Instant shown = state.advance().minus(state.settings.listLag);
      List<SimulatedJob> found = new ArrayList<>();
      for (SimulatedJob job : state.jobs.values()) {
        if (!job.createdAt.isAfter(shown) && fits(job, request.query())) {
          found.add(job);
        }
      }
      String after = request.query("after").orElse("");
      ListPage<SimulatedJob> page =
          ListPage.of(ListPage.reversed(found), job -> job.id, after, limit);
      return SimulatedResponse.json(Lists.plain(page, json::of));
    }
  }

  private boolean fits(SimulatedJob job, Map<String, String> query) {
    @Nullable Map<String, @Nullable Object> metadata =
        state.settings.dialect.keepsMetadata() ? job.request.choices().metadata() : null;
    if ("null".equals(query.get("metadata"))) {
      return metadata == null;
    }
    for (Map.Entry<String, String> pair : query.entrySet()) {
      if (pair.getKey().startsWith(METADATA)) {
        String key = pair.getKey().substring(METADATA.length(), pair.getKey().length() - 1);
        if (metadata == null || !pair.getValue().equals(metadata.get(key))) {
          return false;
        }
      }
    }
    return true;
  }

  private SimulatedResponse change(SimulatedRequest request, Change change)
      throws ErrorResponseException {
    synchronized (state) {
      Instant now = state.settings.time.now();
      SimulatedJob job = found(request, now);
      change.apply(job, now);
      return SimulatedResponse.json(json.of(job));
    }
  }

  private SimulatedResponse events(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 20, 1000);
    synchronized (state) {
      SimulatedJob job = found(request, state.settings.time.now());
      String after = request.query("after").orElse("");
      ListPage<SimulatedEvent> page =
          ListPage.of(ListPage.reversed(job.events), SimulatedEvent::id, after, limit);
      return SimulatedResponse.json(Lists.plain(page, SimulatedEvent::toJson));
    }
  }

  private SimulatedResponse checkpoints(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 10, 100);
    synchronized (state) {
      SimulatedJob job = found(request, state.settings.time.now());
      String after = request.query("after").orElse("");
      ListPage<SimulatedCheckpoint> page =
          ListPage.of(ListPage.reversed(job.checkpoints), SimulatedCheckpoint::id, after, limit);
      return Lists.withEnds(page, SimulatedCheckpoint::id, SimulatedCheckpoint::toJson);
    }
  }

  private SimulatedJob found(SimulatedRequest request, Instant now) throws ErrorResponseException {
    SimulatedJob job = state.requireJob(request.variable(JOB));
    job.advance(now);
    return job;
  }

  /** Something that is done to a job. */
  private interface Change {
    void apply(SimulatedJob job, Instant now) throws ErrorResponseException;
  }
}
