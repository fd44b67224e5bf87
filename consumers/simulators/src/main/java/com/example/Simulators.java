package com.example;

import dev.finetune4j.simulator.azure.SimulatedAzure;
import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.JobOrder;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts the simulated services, prints the environment variables that point a provider at them,
 * one {@code NAME=value} per line, then an empty line, and runs until its standard input ends.
 */
public final class Simulators {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final SimulatedDurations SHORT =
      new SimulatedDurations(Duration.ZERO, Duration.ZERO, SECOND, SECOND, Duration.ZERO, SECOND);

  public static void main(String[] args) throws Exception {
    try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().durations(SHORT).start();
        SimulatedAzure azure =
            SimulatedAzure.builder().durations(SHORT).deploying(SECOND, SECOND).start();
        SimulatedHub hub =
            SimulatedHub.builder()
                .scheduling(SECOND)
                .starting(SECOND)
                .jobs(Simulators::shortTraining)
                .start()) {
      deployAzureBase(azure);
      Map<String, String> environment = new TreeMap<>(azure.environment());
      environment.put("OPENAI_BASE_URL", openAi.baseUrl().toString());
      environment.put("OPENAI_API_KEY", openAi.apiKey());
      environment.put("HF_TOKEN", hub.token());
      environment.put("HF_ENDPOINT", hub.endpoint().toString());
      environment.put("HF_ENDPOINTS_API", hub.endpointsApi().toString());
      environment.put("HF_ROUTER", hub.router().toString());
      environment.forEach((name, value) -> System.out.println(name + "=" + value));
      System.out.println();
      while (System.in.read() >= 0) {}
    }
  }

  private static HubJobScenario shortTraining(JobOrder order) {
    HubJobScenario course = HubJobScenario.training(order);
    return new HubJobScenario(SECOND, course.log(), course.failure(), course.pushes());
  }

  /** An Azure account answers for a base model only if it has a deployment of it. */
  private static void deployAzureBase(SimulatedAzure azure) throws Exception {
    Map<String, String> names = azure.environment();
    String path =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.CognitiveServices/accounts/%s"
            .formatted(
                names.get("AZURE_SUBSCRIPTION_ID"),
                names.get("AZURE_RESOURCE_GROUP"),
                names.get("AZURE_OPENAI_ACCOUNT_NAME"));
    String body =
        """
        {"sku": {"name": "GlobalStandard", "capacity": 50},
         "properties": {"model":
           {"format": "OpenAI", "name": "gpt-4.1-mini", "version": "2025-04-14"}}}
        """;
    URI uri = azure.endpoint().resolve(path + "/deployments/base?api-version=2024-10-01");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .header(
                "Authorization",
                "Bearer " + azure.issueToken("https://management.azure.com/.default"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("The base was not deployed: " + answer.body());
    }
  }
}
