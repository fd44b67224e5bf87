package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainData;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainFileCheck;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainRecipe;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainYaml;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Turns a request or a configuration file into a job folder; refuses what AutoTrain does not
 * support.
 */
final class AutoTrainTraining {
  /** Supported everywhere; AutoTrain has no validation, seed or checkpoints. */
  static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.SUPERVISED_TRAINING,
              Capability.PREFERENCE_TRAINING,
              Capability.LOW_RANK_UPDATE,
              Capability.FULL_UPDATE,
              Capability.CANCEL_JOB,
              Capability.JOB_EVENTS,
              Capability.BASE_MODEL_INFERENCE,
              Capability.DEPLOYMENT,
              Capability.STREAMING));

  private static final String DATA = "data";

  private final HuggingFaceBases bases;
  private final TrlAccelerator accelerator;
  private final Time time;

  AutoTrainTraining(HuggingFaceBases bases, TrlAccelerator accelerator, Time time) {
    this.bases = bases;
    this.accelerator = accelerator;
    this.time = time;
  }

  /**
   * Returns the contents of the job folder, after checking that it can be trained. Reads the data.
   */
  JobContents contents(FineTuningRequest request) {
    JsonObject trial = configuration(request, 0);
    requireAccelerator(trial);
    long characters = AutoTrainData.check(request.trainingData());
    JsonObject configuration = configuration(request, characters);
    return folder -> {
      Files.createDirectories(folder.resolve(DATA));
      AutoTrainData.write(folder.resolve(DATA).resolve("train.jsonl"), request.trainingData());
      JsonObject json =
          about(request.baseModel(), request.submissionKey())
              .put("tuned_model", TrlTraining.tunedName(request));
      write(folder, json, configuration);
    };
  }

  /** Returns the contents of the job folder for a configuration file with a local backend. */
  JobContents contents(AutoTrainYamlOptions file) {
    requireHere(file.configuration());
    return copied(file);
  }

  /** Returns the contents of the job folder for a configuration file, whatever its backend. */
  JobContents copied(AutoTrainYamlOptions file) {
    JsonObject configuration = file.configuration();
    requireAccelerator(configuration);
    String base = file.baseModel();
    configuration.put("base_model", bases.place(base)).put("backend", "local");
    JsonObject data = configuration.requireObject("data");
    Path local = Path.of(data.requireString("path"));
    boolean isLocal = local.isAbsolute();
    if (isLocal) {
      configuration.put("data", JsonObject.of(data.asMap()).put("path", AutoTrainRecipe.DATA));
    }
    if (!isPushed(configuration)) {
      // Removed so that no file contains a token; Python finds the machine's token itself.
      configuration.asMap().remove("hub");
    }
    return folder -> {
      if (isLocal) {
        Path split = AutoTrainFileCheck.split(local, data.requireString("train_split"));
        Files.createDirectories(folder.resolve(DATA));
        Files.copy(split, folder.resolve(DATA).resolve(String.valueOf(split.getFileName())));
      }
      String name = bases.isBase(base) ? base : configuration.requireString("project_name");
      JsonObject json =
          about(name, file.submissionKey())
              .put("tuned_model", name + ":tuned:" + file.submissionKey());
      write(folder, json, configuration);
    };
  }

  private JsonObject configuration(FineTuningRequest request, long characters) {
    return AutoTrainRecipe.of(request, bases.place(request.baseModel()), characters);
  }

  private JsonObject about(String base, SubmissionKey key) {
    return JsonObject.empty()
        .put("format", 1)
        .put("base_model", base)
        .put("submission_key", key.value())
        .put("created_at", time.now().toString());
  }

  private static void write(Path folder, JsonObject about, JsonObject configuration)
      throws IOException {
    JsonObject params = configuration.findObject("params").orElse(JsonObject.empty());
    boolean adapter =
        params.findBoolean("peft").orElse(false)
            && !params.findBoolean("merge_adapter").orElse(false);
    JsonObject kept =
        JsonObject.empty()
            .put("config", configuration)
            .put("model", configuration.requireString("base_model"))
            .putIfPresent("lora", adapter ? JsonObject.empty() : null)
            .putIfPresent(
                "reward", configuration.requireString("task").equals("llm-reward") ? true : null);
    AutoTrainScripts.writeRunner(folder.resolve(TrlScripts.FOLDER));
    Files.writeString(folder.resolve("autotrain.yml"), AutoTrainYaml.write(configuration));
    AtomicFile.write(folder.resolve(JobFolder.REQUEST), about.put("autotrain", kept).toString());
  }

  private void requireHere(JsonObject configuration) {
    String backend = configuration.requireString("backend");
    if (!backend.startsWith("local")) {
      throw TrlErrors.unsupported(
          "backend: " + backend + " on this machine",
          "Write \"local\", or create the provider with AutoTrainProvider.onSpaces.");
    }
    if (isPushed(configuration)) {
      requireVariables(configuration.requireObject("hub"));
    }
  }

  private static boolean isPushed(JsonObject configuration) {
    return configuration
        .findObject("hub")
        .flatMap(hub -> hub.findBoolean("push_to_hub"))
        .orElse(false);
  }

  private static void requireVariables(JsonObject hub) {
    for (String key : new String[] {"username", "token"}) {
      String value = hub.findString(key).orElse("");
      boolean isVariable = value.startsWith("${");
      if (value.isEmpty()
          || (isVariable && System.getenv(value.substring(2, value.length() - 1)) == null)) {
        throw TrlErrors.invalid(
            "hub.push_to_hub needs hub."
                + key
                + (isVariable ? ", and " + value + " is not set." : "."));
      }
    }
  }

  private void requireAccelerator(JsonObject configuration) {
    JsonObject params = configuration.findObject("params").orElse(JsonObject.empty());
    Object quantization =
        params.asMap().containsKey("quantization") ? params.asMap().get("quantization") : "int4";
    if (params.findBoolean("peft").orElse(false)
        && quantization != null
        && !accelerator.isThere()) {
      throw TrlErrors.unsupported(
          "quantization: " + quantization + " without an NVIDIA graphics card",
          "Write \"quantization: null\"; AutoTrain's default is int4.");
    }
  }
}
