package dev.finetune4j.local;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.process.TrainerRequest;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.training.FineTuningRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a model by its name. A tuned model is called {@code base:suffix:key}, where
 * the key is the ID of its job, so the name is enough to find it after a restart. Thread-safe.
 */
final class LocalModels {
  private final LocalBases bases;
  private final ProcessJobOperations jobs;

  LocalModels(LocalBases bases, ProcessJobOperations jobs) {
    this.bases = bases;
    this.jobs = jobs;
  }

  /**
   * The files that a server needs to serve a model.
   *
   * @param name the model
   * @param checkpoint the folder of the whole model that the server loads
   * @param checkpointName the server's name for the checkpoint
   * @param adapter the folder of the adapter, null if the model is the checkpoint itself
   */
  record Files(String name, Path checkpoint, String checkpointName, @Nullable Path adapter) {}

  static String tunedName(FineTuningRequest request) {
    String suffix =
        request.suffix().map(text -> text.replaceAll("[^A-Za-z0-9._-]", "-")).orElse("tuned");
    return request.baseModel() + ":" + suffix + ":" + request.submissionKey();
  }

  /**
   * Returns the files of a base or a tuned model.
   *
   * @throws NotFoundException if there is no such model, or its job has not ended with it
   */
  Files require(String name) {
    if (bases.knows(name)) {
      return new Files(name, bases.require(name), name, null);
    }
    JobFolder folder =
        jobOf(name)
            .filter(JobFolder::exists)
            .orElseThrow(() -> unknown(name, "there is no such job"));
    JsonObject request = folder.request();
    boolean finished = folder.state().jobStatus() == JobStatus.SUCCEEDED;
    if (!finished || !request.findString("tuned_model").orElse("").equals(name)) {
      throw unknown(name, "its job has not ended with it");
    }
    return request.has("adapter")
        ? new Files(
            name,
            TrainerRequest.baseFolder(folder),
            request.requireString("base_model"),
            folder.output())
        : new Files(name, folder.output(), name, null);
  }

  private Optional<JobFolder> jobOf(String name) {
    String id = name.substring(name.lastIndexOf(':') + 1);
    return jobs.find(id).map((JobReference job) -> jobs.folder(job));
  }

  private static NotFoundException unknown(String name, String why) {
    return new NotFoundException(
        LocalErrors.failure("There is no model \"" + name + "\": " + why + "."));
  }
}
