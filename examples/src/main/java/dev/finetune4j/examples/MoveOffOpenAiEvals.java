package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.support.TicketKeywords;
import dev.finetune4j.exchange.openaievals.OpenAiEvalsExport;
import dev.finetune4j.exchange.promptfoo.PromptfooResults;
import dev.finetune4j.exchange.promptfoo.PromptfooSuite;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.report.JUnitXml;
import dev.finetune4j.report.SampleTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * OpenAI Evals ends on 2026-11-30. This takes what its dashboard exports, a promptfoo configuration
 * and the results of past runs, measures here, and writes promptfoo, JUnit XML and CSV.
 */
public final class MoveOffOpenAiEvals {
  private static final String HELP =
      """
      MoveOffOpenAiEvals: runs an evaluation that OpenAI Evals exported, on this machine.

        --configuration FILE  the runnable promptfoo configuration (a small one if not given)
        --results FILE        results of past runs as JSONL (those of the small one if not given)
        --model NAME          asks this model at OpenAI, which COSTS MONEY; reads OPENAI_API_KEY and
                              OPENAI_BASE_URL (words are looked for on this machine if not given)
        --directory DIR       where the files go (a new folder below runs/ if not given)
        --help                this text
      """;

  private MoveOffOpenAiEvals() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--configuration", "--results", "--model", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    Path directory = arguments.directory("move-off-openai-evals");
    Path configuration =
        arguments
            .find("--configuration")
            .map(Path::of)
            .orElseGet(() -> sample(directory, "tickets-promptfoo.yaml"));
    Path results =
        arguments
            .find("--results")
            .map(Path::of)
            .orElseGet(() -> sample(directory, "tickets-results.jsonl"));
    if (arguments.find("--model").isEmpty()) {
      run(configuration, results, directory, new TicketKeywords());
      return;
    }
    try (OpenAiProvider openAi = OpenAiProvider.fromEnvironment()) {
      ModelReference name =
          new ModelReference(OpenAiProvider.ID, arguments.find("--model").orElseThrow());
      run(configuration, results, directory, openAi.requireChatModel(name));
    }
  }

  static EvaluationReport run(Path configuration, Path results, Path directory, ChatModel model) {
    PromptfooSuite suite = PromptfooSuite.read(configuration);
    System.out.println(suite + ", made for " + suite.providers());
    suite.findings().forEach(finding -> System.out.println("  " + finding));
    Evaluation.Builder evaluation = Evaluation.builder(suite.orThrow().dataset()).temperature(0);
    suite.graders(LocalGraders.withoutJudges()).forEach(evaluation::grader);
    EvaluationReport report = evaluation.build().run("here", model);

    System.out.println("\nNow, on this machine: " + report);
    OpenAiEvalsExport past = OpenAiEvalsExport.read(results);
    past.reports().forEach(run -> System.out.println("Then, at OpenAI:      " + run));

    suite.configuration().writeTo(directory.resolve("promptfooconfig.yaml"));
    PromptfooResults.write(directory.resolve("promptfoo-results.json"), List.of(report));
    SampleTable.writeCsv(directory.resolve("samples.csv"), List.of(report));
    JUnitXml xml = JUnitXml.ofSamples(report, PromptfooSuite.WHOLE_TEST);
    xml.writeTo(directory.resolve("TEST-tickets.xml"));
    System.out.println(
        "\nWritten to "
            + directory
            + ": promptfooconfig.yaml (nothing lost), promptfoo-results.json, samples.csv,"
            + " TEST-tickets.xml ("
            + xml.failures()
            + " failed)");
    return report;
  }

  private static Path sample(Path directory, String name) {
    Path file = directory.resolve(name);
    try (InputStream resource =
        Objects.requireNonNull(MoveOffOpenAiEvals.class.getResourceAsStream(name), name)) {
      Files.createDirectories(directory);
      Files.write(file, resource.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }
}
