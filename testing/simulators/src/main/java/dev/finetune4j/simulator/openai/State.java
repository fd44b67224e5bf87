package dev.finetune4j.simulator.openai;

import dev.finetune4j.simulator.ContentStore;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.StoredContent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the simulated service. Access to its maps is guarded by its monitor; changes over
 * time are computed on access.
 */
final class State {
  final Settings settings;
  final Identifiers ids;
  final ContentStore contents = new ContentStore();
  final TrainingFileCache trainingFiles = new TrainingFileCache();
  final Map<String, SimulatedFile> files = new LinkedHashMap<>();
  final Map<String, SimulatedJob> jobs = new LinkedHashMap<>();
  final Map<String, SimulatedUpload> uploads = new LinkedHashMap<>();
  final Map<String, SimulatedBatch> batches = new LinkedHashMap<>();
  final Map<String, Permission> permissions = new LinkedHashMap<>();
  final Map<String, TunedModel> models = new LinkedHashMap<>();
  int jobsCreated;
  int filesUploaded;

  State(Settings settings) {
    this.settings = settings;
    this.ids = new Identifiers(settings.seed);
  }

  /** Returns the present moment, after everything that was due until then has happened. */
  Instant advance() {
    Instant now = settings.time.now();
    jobs.values().forEach(job -> job.advance(now));
    batches.values().forEach(batch -> batch.advance(now));
    files.values().removeIf(file -> file.isExpired(now));
    return now;
  }

  SimulatedFile keep(String filename, String purpose, StoredContent content, Instant at) {
    return keep(filename, purpose, content, new Lifetime(at, Duration.ZERO, null));
  }

  SimulatedFile keep(String filename, String purpose, StoredContent content, Lifetime lifetime) {
    Instant created = lifetime.createdAt();
    Duration expiry = lifetime.expiry();
    SimulatedFile file =
        new SimulatedFile(
            ids.next("file-", 22),
            filename,
            purpose,
            content,
            created,
            created.plus(lifetime.processing()),
            expiry == null ? null : created.plus(expiry));
    files.put(file.id(), file);
    return file;
  }

  /** When a file came, how long it takes until it can be used, and how long it stays. */
  record Lifetime(Instant createdAt, Duration processing, @Nullable Duration expiry) {}

  SimulatedFile requireFile(String id) throws ErrorResponseException {
    SimulatedFile file = files.get(id);
    if (file == null) {
      throw OpenAiErrors.notFound("id", null, "No such File object: " + id);
    }
    return file;
  }

  SimulatedJob requireJob(String id) throws ErrorResponseException {
    SimulatedJob job = jobs.get(id);
    if (job == null) {
      throw OpenAiErrors.notFound(
          "fine_tune_id", "fine_tune_not_found", "Could not find fine tune: " + id);
    }
    return job;
  }

  /** Finds a tuned model that answers at this moment. */
  Optional<TunedModel> findTuned(String name, Instant now) {
    return Optional.ofNullable(models.get(name)).filter(model -> model.answers(now));
  }
}
