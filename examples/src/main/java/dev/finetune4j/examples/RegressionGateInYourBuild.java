package dev.finetune4j.examples;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.support.TicketKeywords;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.evaluation.RegressionGate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a build says when a model gets worse. An application uses the extension {@link
 * RegressionGate} in a test, as RegressionGateInYourBuildTest does. Here the gate is called
 * directly, first with the model as it is, then with a broken one.
 */
public final class RegressionGateInYourBuild {
  private static final String HELP =
      """
      RegressionGateInYourBuild: keeps a baseline, then shows how a build fails when quality falls.

        --directory DIR   where the baseline goes (a new folder below runs/ if not given)
        --help            this text
      """;
  private static final List<String> HARDWARE = List.of("monitor", "keyboard", "battery");
  private static final List<String> SOFTWARE = List.of("app", "login", "update");

  private RegressionGateInYourBuild() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    run(arguments.directory("regression-gate"));
  }

  static void run(Path directory) {
    RegressionGate gate = RegressionGate.in(directory).reportingTo(directory);
    EvaluationReport baseline = measured(new TicketKeywords());
    gate.check(baseline, "exact").isNotWorseThan(baseline).scoresAtLeast(0.9);
    System.out.println("As it is: the build passes. " + baseline);

    ChatModel broken = request -> ChatResponse.of("Hardware");
    try {
      gate.check(measured(broken), "exact").isNotWorseThan(baseline);
    } catch (AssertionError failure) {
      System.out.println("\nBroken: the build fails.\n" + failure.getMessage());
    }
    System.out.println("\nFor dashboards: " + directory.resolve("TEST-ticket-sorter.xml"));
  }

  /** Measures a model on tickets, the same ones at every call. */
  static EvaluationReport measured(ChatModel model) {
    List<PromptExample> tickets = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      boolean hardware = i % 2 == 0;
      String word = (hardware ? HARDWARE : SOFTWARE).get(i / 2 % 3);
      tickets.add(
          PromptExample.of(
              List.of(
                  Message.system("Answer with one word: Hardware, Software or Other."),
                  Message.user("Ticket " + i + ": my " + word + " does not work.")),
              hardware ? "Hardware" : "Software"));
    }
    return Evaluation.on(Dataset.of("tickets", tickets), Graders.exact())
        .run("Ticket sorter", model);
  }
}
