package dev.finetune4j.simulator.openai;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@link SimulatedOpenAi} without routes and credentials, for simulators of services
 * that offer the same files and jobs at other addresses. Thread-safe.
 */
@Experimental
public final class OpenAiParts implements AutoCloseable {
  private final State state;
  private final ChatService chat;

  /**
   * Makes the parts, empty.
   *
   * @param answering what all models answer; null for the answer of the nearest training example
   */
  public OpenAiParts(
      Time time,
      Dialect dialect,
      SimulatedDurations durations,
      @Nullable Function<ChatQuestion, String> answering) {
    Settings settings = new Settings();
    settings.time = time;
    settings.dialect = dialect;
    settings.durations = durations;
    if (answering != null) {
      settings.answering = question -> ChatAnswer.text(answering.apply(question));
    }
    state = new State(settings);
    chat = new ChatService(state);
  }

  /** Adds the routes of files, jobs and models; of two for one path the first added answers. */
  public void addTo(Routes routes) {
    new FileRoutes(state).addTo(routes);
    new JobRoutes(state).addTo(routes);
    new ModelRoutes(state).addTo(routes);
  }

  /** Adds the routes of files in parts, which not every service of this kind has. */
  public void addUploadsTo(Routes routes) {
    new UploadRoutes(state).addTo(routes);
  }

  /**
   * Adds the routes of batches that ask deployments.
   *
   * @param endpoint what a batch and its lines name
   * @param served returns the model behind a deployment that takes batches, nothing for others
   */
  public void addBatchesTo(
      Routes routes, String endpoint, Function<String, Optional<String>> served) {
    new BatchRoutes(state, Map.of(endpoint, new DeploymentBatches(chat, served))).addTo(routes);
  }

  /** Keeps a file that came by another way than an upload, and returns its JSON. */
  public JsonObject keepFile(String filename, String purpose, StoredContent content) {
    synchronized (state) {
      Instant now = state.advance();
      state.filesUploaded++;
      Duration processing = state.settings.durations.fileProcessing();
      State.Lifetime lifetime = new State.Lifetime(now, processing, null);
      return state.keep(filename, purpose, content, lifetime).toJson(state.settings.dialect, now);
    }
  }

  /** Returns how many files are kept that never expire. */
  public long filesWithoutExpiry() {
    synchronized (state) {
      state.advance();
      return state.files.values().stream().filter(file -> file.expiresAt() == null).count();
    }
  }

  /** Forgets a job and returns whether there was one. */
  public boolean deleteJob(String id) {
    synchronized (state) {
      return state.jobs.remove(id) != null;
    }
  }

  /** Returns the model of a checkpoint, by the checkpoint's id or the model's name. */
  public Optional<String> checkpointModel(String checkpoint) {
    synchronized (state) {
      state.advance();
      return state.jobs.values().stream()
          .flatMap(job -> job.checkpoints.stream())
          .filter(each -> each.id().equals(checkpoint) || each.model().equals(checkpoint))
          .map(SimulatedCheckpoint::model)
          .findFirst();
    }
  }

  /** Returns whether a model of that name answers now: a base under its dated name, or a tuned. */
  public boolean knows(String model) {
    synchronized (state) {
      Instant now = state.advance();
      return state.findTuned(model, now).isPresent() || SimulatedBaseModel.find(model).isPresent();
    }
  }

  /** Returns the answer of chat completions to a body that names such a model. */
  public JsonObject complete(JsonObject body) throws ErrorResponseException {
    return chat.complete(body);
  }

  /** Returns the same as a stream. */
  public SimulatedResponse stream(JsonObject body) throws ErrorResponseException {
    return SimulatedResponse.events(chat.stream(body));
  }

  /** Returns how many jobs were created, whether anybody saw the answer or not. */
  public int jobsCreated() {
    synchronized (state) {
      return state.jobsCreated;
    }
  }

  /** Returns how many files came. */
  public int filesUploaded() {
    synchronized (state) {
      return state.filesUploaded;
    }
  }

  /** Forgets everything, also on disk. */
  @Override
  public void close() {
    state.contents.close();
  }
}
