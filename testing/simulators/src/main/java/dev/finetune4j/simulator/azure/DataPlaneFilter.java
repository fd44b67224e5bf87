package dev.finetune4j.simulator.azure;

import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.Map;

/** Checks the credential and the API version of one API surface and adapts responses to Azure. */
final class DataPlaneFilter implements Dispatch.RequestFilter {
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  static final String PROJECT_SCOPE = "https://ai.azure.com/.default";

  private final AzureSettings settings;
  private final Tokens tokens;
  private final Map<String, String> trainingTypes;
  private final boolean classic;
  private final Identifiers ids = new Identifiers(11);

  DataPlaneFilter(
      AzureSettings settings, Tokens tokens, Map<String, String> trainingTypes, boolean classic) {
    this.settings = settings;
    this.tokens = tokens;
    this.trainingTypes = trainingTypes;
    this.classic = classic;
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws ErrorResponseException {
    // OpenAI's own clients send the key as a bearer token, which the newer face takes too.
    String bearer = classic ? "" : request.header("Authorization").orElse("");
    boolean hasKey =
        settings.apiKey.equals(request.header("api-key").orElse(""))
            || bearer.equals("Bearer " + settings.apiKey);
    if (!hasKey && !tokens.isGood(request, SCOPE, PROJECT_SCOPE)) {
      throw new ErrorResponseException(
          AzureAnswers.gatewayError(
              401, "Unauthorized. Access token is missing, invalid, or for another audience."));
    }
    String version = request.query("api-version").orElse("");
    boolean isDated = version.matches("\\d{4}-\\d{2}-\\d{2}(-preview)?");
    if (classic && !isDated) {
      throw AzureAnswers.refusal(404, "404", "Resource not found");
    } else if (!classic && isDated) {
      throw AzureAnswers.refusal(400, "BadRequest", "API version not supported");
    }
  }

  @Override
  public SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    SimulatedResponse azure =
        AzureAnswers.withTrainingTypes(AzureAnswers.inAzureWords(answer), trainingTypes);
    return (classic ? AzureAnswers.inClassicShape(azure) : AzureAnswers.inNewerShape(azure))
        .withHeader("apim-request-id", ids.next("", 32))
        .withHeader("x-ms-region", "Sweden Central");
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    return AzureAnswers.error(404, "404", "Resource not found");
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    return AzureAnswers.error(400, "invalidPayload", "The simulator cannot read this: " + cause);
  }
}
