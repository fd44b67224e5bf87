package dev.finetune4j.simulator.openai;

import dev.finetune4j.simulator.ErrorResponseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fine-tuning job of the simulated service. Guarded by the state that it belongs to. */
final class SimulatedJob {
  private static final int MAXIMUM_METRICS = 500;
  private static final int KEPT_CHECKPOINTS = 3;

  enum Phase {
    VALIDATING,
    QUEUED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    boolean isTerminal() {
      return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
  }

  final String id;
  final JobRequest request;
  final TrainingPlan plan;
  final Instant createdAt;
  final List<SimulatedEvent> events = new ArrayList<>();
  final List<SimulatedCheckpoint> checkpoints = new ArrayList<>();
  final List<String> resultFiles = new ArrayList<>();
  private final State state;
  private final JobTimeline course;
  private final TrainingCurve curve;
  private final String modelName;
  private Phase phase = Phase.VALIDATING;
  private @Nullable Instant queuedUntil;
  private @Nullable Instant finishedAt;

  SimulatedJob(State state, JobRequest request, TrainingPlan plan, Instant createdAt) {
    this.state = state;
    this.id = state.ids.next("ftjob-", 24);
    this.request = request;
    this.plan = plan;
    this.createdAt = createdAt;
    this.course = new JobTimeline(createdAt);
    boolean rewards = request.method().type().equals("reinforcement");
    this.curve = new TrainingCurve(plan.steps(), request.choices().seed(), rewards);
    this.modelName =
        state.settings.dialect.modelName(
            request.parent(),
            state.settings.organization,
            request.choices().suffix(),
            state.ids.next("", 8));
    say(createdAt, "Created fine-tuning job: " + id);
    say(createdAt, "Validating training file: " + request.training().id());
    course.plan(times().validating(), this::validated);
  }

  void advance(Instant now) {
    course.advance(now);
    if (phase == Phase.QUEUED && queuedUntil != null && !now.isBefore(queuedUntil)) {
      phase = Phase.RUNNING;
      queuedUntil = null;
    }
  }

  Phase phase() {
    return phase;
  }

  TrainingCurve curve() {
    return curve;
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  @Nullable String tunedModel() {
    return phase == Phase.SUCCEEDED ? modelName : null;
  }

  @Nullable Problem failure() {
    return phase == Phase.FAILED ? plan.problem() : null;
  }

  /** Returns when it will succeed, unless it is paused again. */
  Instant estimatedFinish() {
    return course.moment(beforeTraining().plus(times().training()));
  }

  void cancel(Instant now) throws ErrorResponseException {
    if (phase.isTerminal()) {
      throw OpenAiErrors.invalid(
          null, "invalid_job_state", "Job has already completed: " + id + " is " + word());
    }
    course.end();
    phase = Phase.CANCELLED;
    finishedAt = now;
    say(now, "Fine-tuning job cancelled");
  }

  void pause(Instant now) throws ErrorResponseException {
    if (phase.isTerminal() || phase == Phase.PAUSED) {
      throw OpenAiErrors.invalid(
          null, "invalid_job_state", "Job cannot be paused: " + id + " is " + word());
    }
    course.hold(now);
    phase = Phase.PAUSED;
    say(now, "Fine-tuning job paused");
  }

  void resume(Instant now) throws ErrorResponseException {
    if (phase != Phase.PAUSED) {
      throw OpenAiErrors.invalid(
          null, "invalid_job_state", "Job is not paused: " + id + " is " + word());
    }
    course.goOn(now, times().queued());
    queuedUntil = now.plus(times().queued());
    phase = Phase.QUEUED;
    say(now, "Fine-tuning job resumed");
  }

  String word() {
    Dialect dialect = state.settings.dialect;
    return switch (phase) {
      case VALIDATING -> dialect.validatingWord();
      case QUEUED -> dialect.queuedWord();
      default -> phase.name().toLowerCase(Locale.ROOT);
    };
  }

  private void validated(Instant at) {
    Problem problem = plan.problem();
    if (problem == null) {
      say(at, "Files validated, moving job to queued state");
      phase = Phase.QUEUED;
      course.plan(beforeTraining(), this::started);
      return;
    }
    phase = Phase.FAILED;
    finishedAt = at;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("error_code", problem.code());
    data.put("error_param", problem.param());
    say(at, "error", "Job failed due to an error: " + problem.message(), data);
  }

  private void started(Instant at) {
    phase = Phase.RUNNING;
    queuedUntil = null;
    say(at, "Fine-tuning job started");
    planStep(Math.min(stride(), plan.steps()));
  }

  private void planStep(long step) {
    Duration share = times().training().multipliedBy(step).dividedBy(plan.steps());
    course.plan(beforeTraining().plus(share), at -> stepped(step, at));
  }

  private void stepped(long step, Instant at) {
    phase = Phase.RUNNING;
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("step", step);
    data.put("total_steps", plan.steps());
    data.putAll(curve.training(step));
    say(at, "info", "Step %d/%d: training loss=%s".formatted(step, plan.steps(), loss(data)), data);
    long epoch = plan.stepsPerEpoch();
    if (step % epoch == 0) {
      checkpoint(step, at);
    }
    if (step == plan.steps()) {
      succeeded(at);
    } else {
      // A step that ends an epoch is never passed over, because it is saved.
      long epochEnd = (step / epoch + 1) * epoch;
      planStep(Math.min(Math.min(step + stride(), epochEnd), plan.steps()));
    }
  }

  private static Object loss(Map<String, Object> data) {
    return data.getOrDefault("train_loss", "none");
  }

  private void checkpoint(long step, Instant at) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("step", (double) step);
    metrics.putAll(curve.training(step));
    if (plan.validation() != null) {
      metrics.putAll(curve.validation(step));
      metrics.putAll(curve.fullValidation(step));
    }
    String model =
        step == plan.steps() ? modelName : state.settings.dialect.checkpointName(modelName, step);
    checkpoints.add(
        new SimulatedCheckpoint(state.ids.next("ftckpt_", 24), id, model, at, step, metrics));
    if (checkpoints.size() > KEPT_CHECKPOINTS) {
      checkpoints.remove(0);
    }
    if (step < plan.steps()) {
      say(at, "Checkpoint created at step " + step);
    }
  }

  private void succeeded(Instant at) {
    phase = Phase.SUCCEEDED;
    finishedAt = at;
    resultFiles.add(ResultCsv.keep(state, this, at).id());
    Instant answersFrom = at.plus(times().modelLoading());
    for (SimulatedCheckpoint checkpoint : checkpoints) {
      TunedModel model =
          new TunedModel(
              checkpoint.model(), request.base(), at, answersFrom, plan.training().memory());
      state.models.put(model.name(), model);
    }
    say(at, "New fine-tuned model created: " + modelName);
    say(at, "The job has successfully completed");
    Duration end = beforeTraining().plus(times().training());
    course.plan(end.plusSeconds(2), this::checked);
  }

  private void checked(Instant at) {
    say(at, "Moderation checks for snapshot " + modelName + " passed.");
    Duration end = beforeTraining().plus(times().training());
    course.plan(
        end.plusSeconds(5),
        last -> say(last, "Usage policy evaluations completed, model is now enabled for sampling"));
  }

  private long stride() {
    return 1 + (plan.steps() - 1) / MAXIMUM_METRICS;
  }

  private Duration beforeTraining() {
    return times().validating().plus(times().queued());
  }

  private SimulatedDurations times() {
    return state.settings.durations;
  }

  private void say(Instant at, String message) {
    say(at, "info", message, Map.of());
  }

  private void say(Instant at, String level, String message, Map<String, Object> data) {
    events.add(new SimulatedEvent(state.ids.next("ftevent-", 24), at, level, message, data));
  }
}
