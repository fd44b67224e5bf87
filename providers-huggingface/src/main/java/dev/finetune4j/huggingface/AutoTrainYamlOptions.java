package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainFileCheck;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainYaml;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A configuration file as AutoTrain users have it, for a job of a language model: {@code llm-sft},
 * {@code llm-generic}, {@code llm-dpo}, {@code llm-orpo} or {@code llm-reward}.
 *
 * <pre>{@code
 * AutoTrainYamlOptions file = AutoTrainYamlOptions.read(Path.of("autotrain-llama32-1b-finetune.yml"));
 * JobHandle job = HuggingFaceProvider.autoTrain(Path.of("runs")).build().submit(file);
 * }</pre>
 *
 * <p>What AutoTrain would only warn of, find out after an hour, or get wrong without a word is an
 * error here, with its key: a key that it does not know, one that it needs and that is missing, a
 * local folder without the split or without the columns, a validation split, and a token in clear.
 * Immutable and thread-safe.
 */
@Experimental
public final class AutoTrainYamlOptions {
  private final JsonObject configuration;
  private final SubmissionKey key;

  private AutoTrainYamlOptions(JsonObject configuration, SubmissionKey key) {
    this.configuration = configuration;
    this.key = key;
  }

  /**
   * Reads and checks a file. Local folders in it are looked for from the file's own folder.
   *
   * @throws DataFileException if it cannot be read
   * @throws dev.finetune4j.error.InvalidRequestException if AutoTrain could not work with it
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if it asks for what AutoTrain
   *     cannot do, or for no language model
   */
  public static AutoTrainYamlOptions read(Path file) {
    try {
      JsonObject tree = AutoTrainYaml.parse(Files.readString(file), file.toString());
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's folder");
      return new AutoTrainYamlOptions(
          AutoTrainFileCheck.checked(tree, folder), SubmissionKey.random());
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /** Returns the same under another key: the same key never makes two jobs. */
  public AutoTrainYamlOptions withSubmissionKey(SubmissionKey other) {
    return new AutoTrainYamlOptions(configuration, Objects.requireNonNull(other, "other"));
  }

  /** Returns the mark by which the job is found again; a random one if none was set. */
  public SubmissionKey submissionKey() {
    return key;
  }

  /** Returns the name of the base model, or its folder. */
  public String baseModel() {
    return configuration.requireString("base_model");
  }

  /** Returns AutoTrain's word for what is trained, {@code llm-sft} for example. */
  public String task() {
    return configuration.requireString("task");
  }

  /** Returns a copy of what it says, with local folders made absolute. */
  JsonObject configuration() {
    return JsonObject.of(configuration.asMap());
  }

  /** Returns the configuration as YAML. */
  @Override
  public String toString() {
    return AutoTrainYaml.write(configuration);
  }
}
