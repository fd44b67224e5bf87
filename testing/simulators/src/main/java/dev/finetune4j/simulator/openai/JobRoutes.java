package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Page;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
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
  private final JobJson json;

  JobRoutes(State state) {
    this.state = state;
    this.json = new JobJson(state.settings);
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

  private Answer create(SimulatedRequest request) throws Refusal {
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
      return Answer.json(state.settings.dialect.jobCreatedStatus(), json.of(job));
    }
  }

  private Answer list(SimulatedRequest request) throws Refusal {
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
      Page<SimulatedJob> page = Page.of(Page.reversed(found), job -> job.id, after, limit);
      return Answer.json(Lists.plain(page, json::of));
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

  private Answer change(SimulatedRequest request, Change change) throws Refusal {
    synchronized (state) {
      Instant now = state.settings.time.now();
      SimulatedJob job = found(request, now);
      change.apply(job, now);
      return Answer.json(json.of(job));
    }
  }

  private Answer events(SimulatedRequest request) throws Refusal {
    int limit = Lists.limit(request, 20, 1000);
    synchronized (state) {
      SimulatedJob job = found(request, state.settings.time.now());
      String after = request.query("after").orElse("");
      Page<JobEvent> page = Page.of(Page.reversed(job.events), JobEvent::id, after, limit);
      return Answer.json(Lists.plain(page, JobEvent::toJson));
    }
  }

  private Answer checkpoints(SimulatedRequest request) throws Refusal {
    int limit = Lists.limit(request, 10, 100);
    synchronized (state) {
      SimulatedJob job = found(request, state.settings.time.now());
      String after = request.query("after").orElse("");
      Page<Checkpoint> page = Page.of(Page.reversed(job.checkpoints), Checkpoint::id, after, limit);
      return Lists.withEnds(page, Checkpoint::id, Checkpoint::toJson);
    }
  }

  private SimulatedJob found(SimulatedRequest request, Instant now) throws Refusal {
    SimulatedJob job = state.requireJob(request.variable(JOB));
    job.advance(now);
    return job;
  }

  /** Something that is done to a job. */
  private interface Change {
    void apply(SimulatedJob job, Instant now) throws Refusal;
  }
}
