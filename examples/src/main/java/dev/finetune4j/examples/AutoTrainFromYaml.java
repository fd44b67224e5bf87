package dev.finetune4j.examples;

import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.huggingface.AutoTrainYamlOptions;
import dev.finetune4j.huggingface.HuggingFaceAutoTrainOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Runs an unchanged configuration file of AutoTrain as a job: checks it before the start, finds it
 * again after a restart, follows the training, and judges success by AutoTrain's output, because
 * its exit code is always 0.
 */
public final class AutoTrainFromYaml {
  private static final String HELP =
      """
      AutoTrainFromYaml: trains by a configuration file of AutoTrain, on this machine.

        --config FILE      the file, "autotrain-llama32-1b-finetune.yml" for example; required
        --python FILE      a Python that has autotrain-advanced; if not given, one is built once in
                           ~/.cache/finetune4j, which takes minutes and 6 GB
        --directory DIR    where the job is kept; started again with the same directory, it is
                           found again and no second one is made
        --help             this text
      """;

  private AutoTrainFromYaml() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--config", "--python", "--directory");
    if (arguments.asksForHelp() || arguments.find("--config").isEmpty()) {
      System.out.println(HELP);
      return;
    }
    run(arguments, System.out);
  }

  static FineTuningJob run(ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("autotrain");
    AutoTrainYamlOptions file =
        AutoTrainYamlOptions.read(Path.of(arguments.find("--config").orElseThrow()))
            .withSubmissionKey(StoredKey.in(directory));
    out.println("1. " + file.task() + " on " + file.baseModel() + ":\n\n" + file);

    HuggingFaceAutoTrainOptions options = HuggingFaceProvider.autoTrain(directory);
    arguments.find("--python").map(Path::of).ifPresent(options::interpreter);
    try (HuggingFaceProvider provider = options.build()) {
      JobHandle handle = provider.submit(file);
      out.println("2. Job " + handle.reference().id());
      FineTuningJob job = handle.await(ConsoleProgress.to(out));

      if (job.status() == JobStatus.SUCCEEDED) {
        out.println("\n3. The result is in " + provider.outputFolder(job.requireFineTunedModel()));
      } else {
        out.println("\n3. It has " + job.status() + ": " + job.failureReason().orElse("no reason"));
      }
      return job;
    }
  }
}
