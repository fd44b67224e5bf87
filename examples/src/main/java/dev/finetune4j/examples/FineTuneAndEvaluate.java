package dev.finetune4j.examples;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.DatasetSplit;
import dev.finetune4j.dataset.ExampleCodecs;
import dev.finetune4j.dataset.JsonlFile;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.report.RunReport;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FileJournal;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.RunId;
import dev.finetune4j.workflow.WorkflowResult;
import java.nio.file.Path;

/**
 * The whole road in one method, on a file of OpenAI chat JSONL: {@code FineTuneAndEvaluate FILE
 * DIRECTORY}.
 */
public final class FineTuneAndEvaluate {

  private FineTuneAndEvaluate() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments = ExampleArguments.parse(args, "--directory");
    if (arguments.asksForHelp() || arguments.rest().size() != 1) {
      System.out.println(
          "FineTuneAndEvaluate FILE [--directory DIR]: trains on nine tenths of a file, tests on the rest.");
      return;
    }
    Path file = Path.of(arguments.rest().get(0));
    Path directory = arguments.directory("fine-tune-and-evaluate");
    // tag::readme[]
    Dataset<ChatExample> data = JsonlFile.read(file, ExampleCodecs.openAiChat());
    DatasetSplit<ChatExample> parts = data.split(0.9, 7);
    var request =
        FineTuningRequest.builder("tiny", SupervisedTraining.withDefaults(), parts.training())
            .build();
    var test = parts.validation().map(PromptExample.class, PromptExample::from);
    var plan =
        FineTuningPlan.builder(request, test)
            .grader("exact", Graders.exact())
            .baseline(Baselines.zeroShot())
            .baseline(Baselines.fewShot(parts.training(), 4))
            .build();
    try (var provider = LocalProvider.builder(directory).build();
        var journal = FileJournal.open(directory.resolve("journal"))) {
      var workflow =
          FineTuningWorkflow.builder(provider, journal).catalog(provider.catalog()).build();
      WorkflowResult result =
          workflow.run(new RunId("first"), plan); // after a crash: the same line
      System.out.println(
          result.decision().verdict() + " " + RunReport.of(result).writeTo(directory));
    }
    // end::readme[]
  }
}
