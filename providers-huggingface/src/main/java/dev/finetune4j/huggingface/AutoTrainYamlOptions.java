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
 * An AutoTrain configuration file for a language model job: {@code llm-sft}, {@code llm-generic},
 * {@code llm-dpo}, {@code llm-orpo} or {@code llm-reward}.
 *
 * <pre>{@code
 * AutoTrainYamlOptions file = AutoTrainYamlOptions.read(Path.of("autotrain-llama32-1b-finetune.yml"));
 * JobHandle job = AutoTrainProvider.local(Path.of("runs")).build().submit(file);
 * }</pre>
 *
 * <p>Problems that AutoTrain would only warn about, detect after an hour or silently get wrong are
 * errors that name the key: unknown or missing keys, a local folder without the split or columns, a
 * validation split, and a token in plain text. Immutable and thread-safe.
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
   * Reads and checks a file. Relative folders are resolved against the file's folder.
   *
   * @throws DataFileException if it cannot be read
   * @throws dev.finetune4j.error.InvalidRequestException if AutoTrain could not use it
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if it requests something that
   *     AutoTrain does not support, or not a language model
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

  /** Returns a copy with another submission key; one key never creates two jobs. */
  public AutoTrainYamlOptions withSubmissionKey(SubmissionKey other) {
    return new AutoTrainYamlOptions(configuration, Objects.requireNonNull(other, "other"));
  }

  /** Returns the submission key, by which the job can be found; random if not set. */
  public SubmissionKey submissionKey() {
    return key;
  }

  /** Returns the name of the base model, or its folder. */
  public String baseModel() {
    return configuration.requireString("base_model");
  }

  /** Returns AutoTrain's task, such as {@code llm-sft}. */
  public String task() {
    return configuration.requireString("task");
  }

  /** Returns a copy of the configuration, with absolute folders. */
  JsonObject configuration() {
    return JsonObject.of(configuration.asMap());
  }

  /** Returns the configuration as YAML. */
  @Override
  public String toString() {
    return AutoTrainYaml.write(configuration);
  }
}
