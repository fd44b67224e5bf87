package dev.finetune4j.examples;

import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.StoredKey;
import dev.finetune4j.examples.recipes.RecipeTable;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.tuner.ConsoleProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a job needs so that a crash makes no second one: a key that is on disk before anything is
 * sent. End this program at any moment and start it again with the same directory.
 */
public final class ResumeAfterCrash {
  private static final String HELP =
      """
      ResumeAfterCrash: makes one job, however often it is ended and started again. COSTS MONEY.

        --stop-after submit   end as a crash would, right after the creation
        --directory DIR       keeps the key; the same directory resumes
        --help                this text
      """;

  private ResumeAfterCrash() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--stop-after", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      run(provider, arguments, System.out);
    }
  }

  static void run(OpenAiProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("resume-after-crash");
    SubmissionKey key = StoredKey.in(directory);
    Optional<JobReference> before = provider.findJob(key);
    out.println(
        before
            .map(job -> "Key " + key + " has a job: " + job + ". Resuming it.")
            .orElse("Key " + key + " has no job yet."));
    RecipeTable table = RecipeTable.in(directory);
    FineTuningRequest request =
        FineTuningRequest.builder(
                "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), table.training())
            .submissionKey(key)
            .build();
    // Returns the job with this key if there is one.
    JobHandle job = provider.submit(request);
    if (arguments.find("--stop-after").isPresent()) {
      out.println("Stopped with " + job.reference() + " under way. Start again with " + directory);
      return;
    }
    FineTuningJob ended = job.await(ConsoleProgress.to(out));
    out.println("Fine-tuned model: " + ended.requireFineTunedModel().name());
  }
}
