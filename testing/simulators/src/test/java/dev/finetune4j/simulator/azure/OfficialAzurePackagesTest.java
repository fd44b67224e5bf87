package dev.finetune4j.simulator.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.Time;
import dev.finetune4j.json.Json;
import dev.finetune4j.simulator.ScaledTime;
import dev.finetune4j.simulator.openai.OfficialPackages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The official packages for both APIs take the simulator for Azure. */
@Tag("python")
final class OfficialAzurePackagesTest {
  private final Time time = new ScaledTime(Time.system(), 300);
  private final SimulatedAzure azure = SimulatedAzure.builder().time(time).start();

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void thePythonPackageDrivesBothFacesFromUploadToCleanUp() throws Exception {
    deploy();

    String output = OfficialPackages.python("drive_azure.py", environment());

    assertThat(output).contains("28 checks held with openai 3.54.0");
    assertThat(azure.jobsCreated()).isEqualTo(2);
  }

  @Test
  void theNodePackageMakesResizesListsAndDeletesADeployment() throws Exception {
    String output = OfficialPackages.node("azure/drive_deployments.mjs", environment());

    assertThat(output).contains("9 checks held with @azure/arm-cognitiveservices 8.1.0");
    assertThat(azure.deploymentNames()).isEmpty();
    assertThat(azure.deploymentsCreated()).isEqualTo(1);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(azure.environment());
    environment.put("AZURE_DEPLOYMENT", "base");
    environment.put("AZURE_LOCATION", AzureSettings.LOCATION);
    environment.put("AZURE_MANAGEMENT_TOKEN", azure.issueToken(ResourceManager.SCOPE));
    return environment;
  }

  private void deploy() throws Exception {
    URI place =
        azure
            .endpoint()
            .resolve(
                "/subscriptions/"
                    + AzureSettings.SUBSCRIPTION
                    + "/resourceGroups/"
                    + AzureSettings.RESOURCE_GROUP
                    + "/providers/Microsoft.CognitiveServices/accounts/"
                    + AzureSettings.ACCOUNT
                    + "/deployments/base?api-version=2024-10-01");
    Map<String, Object> body =
        Map.of(
            "sku",
            Map.of("name", "GlobalStandard", "capacity", 100),
            "properties",
            Map.of(
                "model",
                Map.of("format", "OpenAI", "name", "gpt-4.1-mini", "version", "2025-04-14")));
    HttpRequest put =
        HttpRequest.newBuilder(place)
            .header("Authorization", "Bearer " + azure.issueToken(ResourceManager.SCOPE))
            .PUT(HttpRequest.BodyPublishers.ofString(Json.write(body)))
            .build();
    int status =
        HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.discarding()).statusCode();
    assertThat(status).isEqualTo(201);
    time.sleep(Duration.ofMinutes(5));
  }
}
