package dev.finetune4j.simulator.azure;

import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.Refusal;
import dev.finetune4j.simulator.SimulatedRequest;
import java.util.Map;

/** The door of one face: a key or a token, the API version, and Azure's shapes of answers. */
final class DataGate implements Dispatch.Gate {
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  static final String PROJECT_SCOPE = "https://ai.azure.com/.default";

  private final AzureSettings settings;
  private final Tokens tokens;
  private final Map<String, String> trainingTypes;
  private final boolean classic;
  private final Identifiers ids = new Identifiers(11);

  DataGate(
      AzureSettings settings, Tokens tokens, Map<String, String> trainingTypes, boolean classic) {
    this.settings = settings;
    this.tokens = tokens;
    this.trainingTypes = trainingTypes;
    this.classic = classic;
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws Refusal {
    // OpenAI's own clients send the key as a bearer token, which the newer face takes too.
    String bearer = classic ? "" : request.header("Authorization").orElse("");
    boolean hasKey =
        settings.apiKey.equals(request.header("api-key").orElse(""))
            || bearer.equals("Bearer " + settings.apiKey);
    if (!hasKey && !tokens.isGood(request, SCOPE, PROJECT_SCOPE)) {
      throw new Refusal(
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
  public Answer dress(SimulatedRequest request, Answer answer) {
    Answer azure = AzureAnswers.withTrainingTypes(AzureAnswers.inAzureWords(answer), trainingTypes);
    return (classic ? AzureAnswers.inClassicShape(azure) : AzureAnswers.inNewerShape(azure))
        .withHeader("apim-request-id", ids.next("", 32))
        .withHeader("x-ms-region", "Sweden Central");
  }

  @Override
  public Answer notFound(SimulatedRequest request) {
    return AzureAnswers.error(404, "404", "Resource not found");
  }

  @Override
  public Answer unreadable(SimulatedRequest request, RuntimeException cause) {
    return AzureAnswers.error(400, "invalidPayload", "The simulator cannot read this: " + cause);
  }
}
