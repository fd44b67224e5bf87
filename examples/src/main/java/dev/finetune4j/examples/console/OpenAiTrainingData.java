package dev.finetune4j.examples.console;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.providerkit.TransferListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a job at OpenAI was trained and validated on, in files of this machine.
 *
 * @param training the training file
 * @param validation the validation file, which the model has not learnt
 */
public record OpenAiTrainingData(Path training, Path validation) {

  /**
   * Downloads both files into a folder. Two requests.
   *
   * @throws IllegalArgumentException if the job has no validation file
   */
  public static OpenAiTrainingData fetch(OpenAiProvider openAi, FineTuningJob job, Path folder) {
    JsonObject said = Json.parseObject(job.providerJson().orElse("{}"));
    String validation =
        said.findString("validation_file")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The job "
                            + job.reference().id()
                            + " has no validation file, and answers that a model has learnt show"
                            + " nothing. Take a job that has one."));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be made.", e);
    }
    return new OpenAiTrainingData(
        download(openAi, said.requireString("training_file"), folder.resolve("training.jsonl")),
        download(openAi, validation, folder.resolve("validation.jsonl")));
  }

  private static Path download(OpenAiProvider openAi, String id, Path file) {
    openAi.files().download(id, file, TransferListener.NONE);
    return file;
  }
}
