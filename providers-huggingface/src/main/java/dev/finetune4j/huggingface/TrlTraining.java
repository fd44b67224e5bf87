package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.huggingface.internal.trl.TrlData;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.huggingface.internal.trl.TrlRecipe;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.training.FineTuningRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Turns a request into the contents of a job folder; refuses what TRL does not support here. */
final class TrlTraining {
  /** Supported wherever the recipe runs. */
  static final Set<Capability> CAPABILITIES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Capability.SUPERVISED_TRAINING,
              Capability.PREFERENCE_TRAINING,
              Capability.REINFORCEMENT_TRAINING,
              Capability.LOW_RANK_UPDATE,
              Capability.FULL_UPDATE,
              Capability.VALIDATION_DATA,
              Capability.SEED,
              Capability.TOOLS,
              Capability.CANCEL_JOB,
              Capability.JOB_EVENTS,
              Capability.LIST_JOBS,
              Capability.BASE_MODEL_INFERENCE,
              Capability.DEPLOYMENT,
              Capability.STREAMING));

  static final String TRAINING_FILE = "training.jsonl";
  static final String VALIDATION_FILE = "validation.jsonl";

  private final HuggingFaceBases bases;
  private final TrlAccelerator accelerator;
  private final Time time;

  TrlTraining(HuggingFaceBases bases, TrlAccelerator accelerator, Time time) {
    this.bases = bases;
    this.accelerator = accelerator;
    this.time = time;
  }

  /** Refuses unsupported requests. Reads no data: {@link #contents} checks each example. */
  void check(FineTuningRequest request) {
    JsonObject recipe = TrlRecipe.of(request, bases.place(request.baseModel()));
    TrlRecipe.launch(request);
    if (recipe.has("quantization") && !accelerator.isThere()) {
      throw TrlErrors.unsupported(
          "training on 4-bit or 8-bit weights (QLoRA) without an NVIDIA graphics card",
          "Their kernels run only on such a card. Remove load_in_4bit and load_in_8bit,"
              + " or train on a machine with one.");
    }
    if (recipe.has("early_stop_patience") && request.validationData().isEmpty()) {
      throw TrlErrors.unsupported(
          "an early stop without validation data", "Add validationData to the request.");
    }
  }

  /** Refuses unusable examples, where contents are written only after requests. Reads the data. */
  static void requireUsable(Dataset<?> dataset) {
    try (Stream<? extends Example> examples = dataset.examples()) {
      Iterator<? extends Example> all = examples.iterator();
      for (long number = 1; all.hasNext(); number++) {
        requireUsable(all.next(), number, dataset);
      }
    }
  }

  /** Returns the contents of the job folder; writing them refuses unusable examples. */
  JobContents contents(FineTuningRequest request) {
    return directory -> {
      write(directory.resolve(TRAINING_FILE), request.trainingData());
      if (request.validationData().isPresent()) {
        write(directory.resolve(VALIDATION_FILE), request.validationData().get());
      }
      TrlScripts.writeRunner(directory.resolve(TrlScripts.FOLDER));
      JsonObject json =
          JsonObject.empty()
              .put("format", 1)
              .put("base_model", request.baseModel())
              .put("submission_key", request.submissionKey().value())
              .put("created_at", time.now().toString())
              .put("tuned_model", tunedName(request))
              .put("trl", TrlRecipe.of(request, bases.place(request.baseModel())))
              .putIfPresent("accelerate", TrlRecipe.launch(request));
      AtomicFile.write(directory.resolve(JobFolder.REQUEST), json.toString());
    };
  }

  static String tunedName(FineTuningRequest request) {
    String suffix =
        request.suffix().map(text -> text.replaceAll("[^A-Za-z0-9._-]", "-")).orElse("tuned");
    return request.baseModel() + ":" + suffix + ":" + request.submissionKey();
  }

  private static void write(Path file, Dataset<?> dataset) throws IOException {
    TrlData.write(file, dataset, (example, number) -> requireUsable(example, number, dataset));
  }

  private static void requireUsable(Example example, long number, Dataset<?> dataset) {
    String found = unusable(example);
    if (!found.isEmpty()) {
      throw TrlErrors.unsupported(
          "examples with " + found,
          "Example " + number + " of " + dataset.name() + " has them. Remove it.");
    }
  }

  private static String unusable(Example example) {
    List<Message> messages = example.messages();
    if (example instanceof ChatExample && messages.stream().noneMatch(Message::trained)) {
      return "nothing to learn";
    } else if (example instanceof PreferenceExample
        && (!example.tools().isEmpty()
            || messages.stream().anyMatch(message -> !message.toolCalls().isEmpty()))) {
      return "tools, in preference training,";
    }
    boolean images =
        messages.stream()
            .flatMap(message -> message.content().stream())
            .anyMatch(ContentPart.Image.class::isInstance);
    return images ? "images" : "";
  }
}
