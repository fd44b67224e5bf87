package dev.finetune4j.examples;

import dev.finetune4j.Time;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.testkit.simulator.ScaledTime;
import dev.finetune4j.testkit.simulator.openai.SimulatedOpenAi;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Starts a simulated service on a port and says how to talk to it: for trying out code, ours or
 * anybody's, without an account and without a cent.
 */
public final class Simulators {
  private static final String HELP =
      """
      Simulators: a simulated service on this machine, until Ctrl-C.

        --service NAME   openai (the only one so far)
        --port N         where it listens (any free port if not given)
        --speed FACTOR   how much faster than real its clock runs (64 if not given: a job takes 20 s)
        --seconds N      end after so many seconds (runs until Ctrl-C if not given)
        --help           this text
      """;

  private Simulators() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--service", "--port", "--speed", "--seconds");
    String service = arguments.find("--service").orElse("openai");
    if (arguments.asksForHelp() || !service.equals("openai")) {
      System.out.println(HELP);
      return;
    }
    run(arguments, System.out);
  }

  static void run(ExampleArguments arguments, PrintStream out) throws InterruptedException {
    double speed = Double.parseDouble(arguments.find("--speed").orElse("64"));
    int port = Integer.parseInt(arguments.find("--port").orElse("0"));
    long seconds = Long.parseLong(arguments.find("--seconds").orElse("-1"));
    try (SimulatedOpenAi openAi =
        SimulatedOpenAi.builder().time(new ScaledTime(Time.system(), speed)).port(port).start()) {
      out.println("Base URL:  " + openAi.baseUrl());
      out.println("Key:       " + openAi.apiKey());
      out.println("Admin key: " + openAi.adminKey());
      out.println();
      out.printf(
          "curl -s %s/models -H 'Authorization: Bearer %s'%n", openAi.baseUrl(), openAi.apiKey());
      out.printf(
          "OPENAI_BASE_URL=%s OPENAI_API_KEY=%s mvn -q -P example -Dexample=RecipesOnOpenAi%n",
          openAi.baseUrl(), openAi.apiKey());
      out.flush();
      Time.system().sleep(Duration.ofSeconds(seconds < 0 ? Integer.MAX_VALUE : seconds));
      out.printf("%d requests answered%n", openAi.requests().size());
    }
  }
}
