package dev.finetune4j.huggingface;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a model by its name. A tuned model is named {@code base:suffix:key}, where the
 * key is the ID of its job. Thread-safe.
 */
final class TrlModels {
  private final HuggingFaceBases bases;
  private final ProcessJobOperations jobs;

  TrlModels(HuggingFaceBases bases, ProcessJobOperations jobs) {
    this.bases = bases;
    this.jobs = jobs;
  }

  /**
   * The files that a server needs for a model.
   *
   * @param name the model
   * @param base how transformers locates the base
   * @param folder the result of the job: an adapter or a complete checkpoint; null for a base
   * @param isAdapter whether the folder contains an adapter
   */
  record Files(String name, String base, @Nullable Path folder, boolean isAdapter) {}

  /**
   * Returns the files of a base or a tuned model.
   *
   * @throws NotFoundException if there is no such model, or its job has not produced it
   */
  Files require(String name) {
    if (bases.isBase(name)) {
      return new Files(name, bases.place(name), null, false);
    }
    Optional<JobFolder> folder =
        jobs.find(name.substring(name.lastIndexOf(':') + 1)).map(jobs::folder);
    if (folder.isEmpty()) {
      throw unknown(name, "its job does not exist");
    }
    JsonObject request = folder.get().request();
    if (folder.get().state().jobStatus() != JobStatus.SUCCEEDED
        || !request.findString("tuned_model").orElse("").equals(name)) {
      throw unknown(name, "its job has not produced it");
    }
    JsonObject recipe =
        request.findObject("trl").orElseGet(() -> request.requireObject("autotrain"));
    if (recipe.has("reward")) {
      throw TrlErrors.unsupported(
          "serving \"" + name + "\"", "It is a reward model, which does not generate answers.");
    }
    return new Files(
        name, recipe.requireString("model"), folder.get().output(), recipe.has("lora"));
  }

  private static NotFoundException unknown(String name, String why) {
    return TrlErrors.notFound("Model \"" + name + "\" not found: " + why + ".");
  }
}
