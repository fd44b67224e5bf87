package dev.finetune4j.examples;

import dev.finetune4j.Time;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.simulator.ScaledTime;
import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.azure.SimulatedAzureBuilder;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.SimulatedHubBuilder;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.simulator.openai.SimulatedOpenAiBuilder;
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

        --service NAME   openai (if not given), azure or huggingface
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
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    run(arguments, System.out);
  }

  static void run(ExampleArguments arguments, PrintStream out) throws InterruptedException {
    String service = arguments.find("--service").orElse("openai");
    double speed = Double.parseDouble(arguments.find("--speed").orElse("64"));
    int port = Integer.parseInt(arguments.find("--port").orElse("0"));
    long seconds = Long.parseLong(arguments.find("--seconds").orElse("-1"));
    Duration duration = Duration.ofSeconds(seconds < 0 ? Integer.MAX_VALUE : seconds);
    Time time = new ScaledTime(Time.system(), speed);
    if (service.equals("openai")) {
      openAi(SimulatedOpenAi.builder().time(time).port(port), duration, out);
    } else if (service.equals("azure")) {
      azure(SimulatedAzure.builder().time(time).port(port), duration, out);
    } else if (service.equals("huggingface")) {
      huggingFace(
          SimulatedHub.builder().time(time).port(port).jobs(HubJobScenario::training),
          duration,
          out);
    } else {
      throw new IllegalArgumentException(
          "--service is openai, azure or huggingface, and this is \"" + service + "\".");
    }
  }

  private static void openAi(SimulatedOpenAiBuilder settings, Duration duration, PrintStream out)
      throws InterruptedException {
    try (SimulatedOpenAi openAi = settings.start()) {
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
      Time.system().sleep(duration);
      out.printf("%d requests answered%n", openAi.requests().size());
    }
  }

  private static void azure(SimulatedAzureBuilder settings, Duration duration, PrintStream out)
      throws InterruptedException {
    try (SimulatedAzure azure = settings.start()) {
      out.println("Endpoint:  " + azure.endpoint());
      out.println("Key:       " + azure.apiKey());
      out.println();
      out.printf(
          "curl -s %s/openai/v1/models -H 'api-key: %s'%n",
          azure.endpoint().toString().replaceAll("/$", ""), azure.apiKey());
      azure.environment().forEach((name, value) -> out.printf("export %s='%s'%n", name, value));
      out.println("mvn -q -P example -Dexample=SupportBotOnAzure");
      out.flush();
      Time.system().sleep(duration);
      out.printf("%d requests answered%n", azure.requests().size());
    }
  }

  private static void huggingFace(SimulatedHubBuilder settings, Duration duration, PrintStream out)
      throws InterruptedException {
    try (SimulatedHub hub = settings.start()) {
      out.println("Hub:       " + hub.endpoint());
      out.println("Token:     " + hub.token());
      out.println();
      out.printf(
          "curl -s %s/api/jobs/hardware -H 'Authorization: Bearer %s'%n",
          hub.endpoint(), hub.token());
      out.printf("export HF_ENDPOINT='%s' HF_TOKEN='%s'%n", hub.endpoint(), hub.token());
      out.printf("export HF_ENDPOINTS_API='%s' HF_ROUTER='%s'%n", hub.endpointsApi(), hub.router());
      out.println("mvn -q -P example -Dexample=TrainOnHuggingFaceJobs");
      out.flush();
      Time.system().sleep(duration);
      out.printf("%d requests answered%n", hub.requests().size());
    }
  }
}
