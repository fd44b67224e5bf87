package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.RateStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.Response;

/** A successful response, completely in memory: status, headers, body. Immutable; thread-safe. */
public final class ApiResponse {
  private static final int SHOWN_CHARACTERS = 1_024;

  private final ProviderId provider;
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private final Credential credential;
  private final int refusals;

  ApiResponse(Response response, ProviderId provider, byte[] body, HttpAttempt attempt) {
    this.provider = provider;
    this.status = response.code();
    this.headers = response.headers();
    this.body = body;
    this.credential = attempt.credential();
    this.refusals = attempt.refusals();
  }

  /** Returns the HTTP status, 200 to 299. */
  public int status() {
    return status;
  }

  /** Returns the last value of a header, empty if it is not there; case does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Returns the id by which the service finds the request in its logs. */
  public Optional<String> requestId() {
    return OpenAiErrorReader.requestId(headers);
  }

  /** Returns what the service said of its limits, and how often it refused before. */
  public RateStatus rateStatus() {
    return RateLimits.status(headers).withRefusals(refusals);
  }

  /** Returns a copy of the body. */
  public byte[] bytes() {
    return body.clone();
  }

  /** Returns the body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Reads the body as a JSON object; an empty body, as after a 204, is an empty object.
   *
   * @param mapper makes the value; may throw {@link JsonSyntaxException}
   * @throws UnexpectedResponseException if it is no such object; shows how it begins
   */
  public <T> T json(Function<JsonObject, T> mapper) {
    return read(() -> mapper.apply(isBlank() ? JsonObject.empty() : Json.parseObject(body)));
  }

  /**
   * Reads the body as a JSON array of objects.
   *
   * @param mapper makes each value; may throw {@link JsonSyntaxException}
   * @throws UnexpectedResponseException if it is no such array; shows how it begins
   */
  public <T> List<T> jsonList(Function<JsonObject, T> mapper) {
    return read(
        () ->
            JsonObject.empty().put("", Json.parse(body)).objects("").stream().map(mapper).toList());
  }

  private boolean isBlank() {
    for (byte next : body) {
      if (next != ' ' && next != '\r' && next != '\n' && next != '\t') {
        return false;
      }
    }
    return true;
  }

  private <T> T read(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (JsonSyntaxException e) {
      String text = text();
      String start = text.substring(0, Math.min(SHOWN_CHARACTERS, text.length()));
      throw new UnexpectedResponseException(
          ProviderFailure.of(
                  provider, credential.redact(e.getMessage() + " The answer begins: " + start))
              .withHttpStatus(status)
              .withRequestId(requestId().orElse(null)),
          e);
    }
  }

  /** Returns the status and the size, never the body. */
  @Override
  public String toString() {
    return "Answer(" + status + ", " + body.length + " bytes)";
  }
}
