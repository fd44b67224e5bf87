package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error answers of OpenAI's API, for faults and for the simulator itself. Stateless. */
public final class OpenAiErrors {
  private static final String INVALID = "invalid_request_error";

  private OpenAiErrors() {}

  /** Makes an error answer with the status's usual type and no code. */
  public static SimulatedResponse status(int status) {
    String type = status >= 500 ? "server_error" : status == 429 ? "requests" : INVALID;
    return of(status, type, null, null, "The simulator injected status " + status + ".");
  }

  /** Makes the answer to a request over the rate limit, to be sent again after some seconds. */
  public static SimulatedResponse rateLimited(long seconds) {
    String message = "Rate limit reached. Please try again in " + seconds + "s.";
    return of(429, "requests", null, "rate_limit_exceeded", message)
        .withHeader("Retry-After", String.valueOf(seconds));
  }

  /** Makes the answer to an organisation that has no money left. */
  public static SimulatedResponse quotaExhausted() {
    String message = "You exceeded your current quota, please check your plan and billing details.";
    return of(429, "insufficient_quota", null, "insufficient_quota", message);
  }

  /** Makes any error answer. */
  public static SimulatedResponse of(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("type", type);
    error.put("param", param);
    error.put("code", code);
    return SimulatedResponse.json(status, JsonObject.empty().put("error", error));
  }

  static ErrorResponseException invalid(
      @Nullable String param, @Nullable String code, String message) {
    return new ErrorResponseException(of(400, INVALID, param, code, message));
  }

  static ErrorResponseException notFound(
      @Nullable String param, @Nullable String code, String message) {
    return new ErrorResponseException(of(404, INVALID, param, code, message));
  }

  static ErrorResponseException forbidden(@Nullable String code, String message) {
    return new ErrorResponseException(of(403, INVALID, null, code, message));
  }
}
