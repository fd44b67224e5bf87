package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.RateWindow;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys, quota and limits before every route, and the headers of every answer. */
final class OpenAiFilter implements Dispatch.RequestFilter {
  private static final String BEARER = "Bearer ";
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Settings settings;
  private final Identifiers requestIds;
  private final RateWindow requests;
  private final RateWindow tokens;

  OpenAiFilter(Settings settings) {
    this.settings = settings;
    this.requestIds = new Identifiers(settings.seed + 1);
    this.requests = new RateWindow(settings.time, settings.requestsPerMinute);
    this.tokens = new RateWindow(settings.time, settings.tokensPerMinute);
  }

  @Override
  public void admit(SimulatedRequest request, String template) throws ErrorResponseException {
    authenticate(request.header("Authorization").orElse(""), template);
    if (settings.quotaExhausted && !request.method().equals("GET")) {
      throw new ErrorResponseException(OpenAiErrors.quotaExhausted());
    }
    Duration wait = requests.take(1);
    if (wait.isZero() && template.equals("/chat/completions")) {
      wait = tokens.take(1 + request.text().length() / CHARACTERS_PER_TOKEN);
    }
    if (!wait.isZero()) {
      throw new ErrorResponseException(OpenAiErrors.rateLimited(Math.max(1, wait.toSeconds())));
    }
  }

  private void authenticate(String authorization, String template) throws ErrorResponseException {
    if (!authorization.startsWith(BEARER)) {
      throw unauthorized(
          null,
          "You didn't provide an API key. You need to provide your API key in an Authorization"
              + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
    }
    String key = authorization.substring(BEARER.length());
    boolean forAdmins = template.startsWith("/fine_tuning/checkpoints/");
    if (forAdmins && key.equals(settings.apiKey)) {
      throw OpenAiErrors.forbidden(
          "missing_scope", "You have insufficient permissions for this operation.");
    }
    if (!key.equals(forAdmins ? settings.adminKey : settings.apiKey)) {
      throw unauthorized("invalid_api_key", "Incorrect API key provided.");
    }
  }

  private static ErrorResponseException unauthorized(@Nullable String code, String why) {
    return new ErrorResponseException(
        OpenAiErrors.of(401, "invalid_request_error", null, code, why));
  }

  @Override
  public SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    return answer
        .withHeader("x-request-id", requestIds.next("req_", 32).toLowerCase(Locale.ROOT))
        .withHeader("openai-organization", settings.organization)
        .withHeader("openai-processing-ms", "12")
        .withHeader("openai-version", "2020-10-01")
        .withHeader("x-ratelimit-limit-requests", String.valueOf(requests.limit()))
        .withHeader("x-ratelimit-remaining-requests", String.valueOf(requests.left()))
        .withHeader("x-ratelimit-reset-requests", RateWindow.text(requests.untilFull()))
        .withHeader("x-ratelimit-limit-tokens", String.valueOf(tokens.limit()))
        .withHeader("x-ratelimit-remaining-tokens", String.valueOf(tokens.left()))
        .withHeader("x-ratelimit-reset-tokens", RateWindow.text(tokens.untilFull()));
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    String message = "Invalid URL (" + request.method() + " " + request.path() + ")";
    return OpenAiErrors.of(404, "invalid_request_error", null, null, message);
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    if (cause instanceof JsonSyntaxException) {
      String message = "We could not parse the JSON body of your request. " + cause.getMessage();
      return OpenAiErrors.of(400, "invalid_request_error", null, null, message);
    }
    return OpenAiErrors.of(500, "server_error", null, null, "The simulator failed: " + cause);
  }
}
