package dev.finetune4j.examples;

import dev.finetune4j.Time;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobWatcher;
import dev.finetune4j.openai.OpenAiProvider;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Follows all jobs of the account that have not ended, with one thread and pages of the list. */
public final class FollowManyJobs {
  private static final String HELP =
      """
      FollowManyJobs: waits for all jobs of the account that have not ended. Costs nothing.

        --directory DIR   accepted, and not needed: nothing is written
        --help            this text
      """;

  private FollowManyJobs() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (OpenAiProvider provider = OpenAiProvider.fromEnvironment()) {
      run(provider, Time.system(), System.out);
    }
  }

  static List<FineTuningJob> run(OpenAiProvider provider, Time time, PrintStream out) {
    List<FineTuningJob> open = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      JobPage page = provider.jobOperations().list(cursor);
      page.jobs().stream().filter(job -> !job.status().isTerminal()).forEach(open::add);
      cursor = page.cursor();
    } while (cursor.isPresent());
    out.println(open.size() + " jobs have not ended.");
    try (JobWatcher watcher = JobWatcher.builder(provider.jobOperations(), time).build()) {
      List<CompletableFuture<FineTuningJob>> ends =
          open.stream()
              .map(
                  job ->
                      watcher
                          .watch(job.reference())
                          .whenComplete((ended, failure) -> print(ended, failure, out)))
              .toList();
      return ends.stream().map(CompletableFuture::join).toList();
    }
  }

  private static void print(FineTuningJob ended, Throwable failure, PrintStream out) {
    out.println(failure == null ? ended.reference() + " " + ended.status() : "" + failure);
  }
}
