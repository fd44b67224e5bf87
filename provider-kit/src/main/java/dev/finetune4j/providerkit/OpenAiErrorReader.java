package dev.finetune4j.providerkit;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.error.TrainingClosedException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads errors in the form of the OpenAI dialect, {@code {"error": {"message", "type", "code"}}},
 * and in the looser forms that servers of that dialect and their gateways give. Thread-safe.
 */
public final class OpenAiErrorReader implements ErrorReader {
  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "apim-request-id", "x-ms-request-id");
  // These come as 429 too, and waiting does not help: the account holder must pay or raise a limit.
  private static final Set<String> BILLING =
      Set.of(
          "insufficient_quota",
          "credit_balance_exhausted",
          "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded",
          "organization_usage_limit_exceeded");

  private static final Pattern ABOUT_FINE_TUNING = Pattern.compile("(?i)fine[-_ ]?tun");
  private static final Pattern ABOUT_THE_END =
      Pattern.compile(
          "(?i)no longer|cannot|can't|closed|ended|discontinued|deprecated|shut ?down|disabled"
              + "|not (?:able|allowed|available|eligible|permitted|supported)");
  private static final Pattern ABOUT_SCOPES = Pattern.compile("(?i)scope|role|api key");

  private final Supplier<Instant> now;
  private final ErrorAdvice advice;
  private final Set<String> permissionCodes;

  /**
   * Makes a reader.
   *
   * @param now the moment that a date in {@code Retry-After} is compared with
   */
  public OpenAiErrorReader(Supplier<Instant> now) {
    this(now, ErrorAdvice.NONE, Set.of());
  }

  private OpenAiErrorReader(Supplier<Instant> now, ErrorAdvice advice, Set<String> codes) {
    this.now = now;
    this.advice = advice;
    permissionCodes = codes;
  }

  /** Returns this reader, adding what to do where the service's own words mislead. */
  public OpenAiErrorReader withAdvice(ErrorAdvice added) {
    return new OpenAiErrorReader(now, added, permissionCodes);
  }

  /**
   * Returns this reader, for a service that gives these codes to requests that are well-formed, but
   * want more than the account may have.
   */
  public OpenAiErrorReader withPermissionCodes(Set<String> codes) {
    return new OpenAiErrorReader(now, advice, Set.copyOf(codes));
  }

  @Override
  public ProviderException read(ProviderId provider, int status, Headers headers, String body) {
    Words words = words(body);
    ProviderFailure failure =
        ProviderFailure.of(provider, words.message() + advice.advice(status, words.code(), body))
            .withHttpStatus(status)
            .withCode(words.code())
            .withRequestId(requestId(headers).orElse(null));
    if (status == 401) {
      return new AuthenticationException(failure);
    } else if (status == 403 && isTrainingClosed(words)) {
      return new TrainingClosedException(failure);
    } else if (status == 403 || isBilling(words)) {
      return new PermissionException(failure);
    } else if (status == 404 || status == 410) {
      return new NotFoundException(failure);
    } else if (status == 429) {
      Duration wait = RetryAfter.in(headers, now.get()).orElse(null);
      return new RateLimitException(failure, wait);
    } else if (status == 408 || status >= 500) {
      return new ProviderUnavailableException(failure, null);
    }
    return words.code() != null && permissionCodes.contains(words.code())
        ? new PermissionException(failure)
        : new InvalidRequestException(failure);
  }

  /** Returns the id by which the service finds the request in its logs. */
  static Optional<String> requestId(Headers headers) {
    return REQUEST_ID_HEADERS.stream()
        .map(headers::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  // OpenAI has published no code for it (deprecation notice of 2026), so the words must tell. A key
  // that lacks a scope also mentions fine-tuning, and has another cure.
  private static boolean isTrainingClosed(Words words) {
    String said = words.message() + " " + words.code();
    return ABOUT_FINE_TUNING.matcher(said).find()
        && ABOUT_THE_END.matcher(said).find()
        && !ABOUT_SCOPES.matcher(said).find();
  }

  private static boolean isBilling(Words words) {
    return (words.code() != null && BILLING.contains(words.code()))
        || (words.type() != null && BILLING.contains(words.type()));
  }

  private static Words words(String body) {
    try {
      JsonObject whole = Json.parseObject(body);
      Object inner = whole.asMap().get("error");
      JsonObject error = inner instanceof Map<?, ?> map ? JsonObject.of(map) : whole;
      String message = first(error, "message", "error_description", "error");
      return new Words(message == null ? plain(body) : message, code(error), first(error, "type"));
    } catch (JsonSyntaxException notJson) {
      return new Words(plain(body), null, null);
    }
  }

  /**
   * The code; a sign-in service (RFC 6749) puts it elsewhere; an inner one, as Azure writes it,
   * only where there is no other.
   */
  private static @Nullable String code(JsonObject error) {
    String outer = first(error, "code");
    if (outer == null && first(error, "error_description") != null) {
      outer = first(error, "error");
    }
    for (String name : List.of("innererror", "inner_error")) {
      if (outer == null && error.asMap().get(name) instanceof Map<?, ?> inner) {
        outer = first(JsonObject.of(inner), "code");
      }
    }
    return outer;
  }

  private static @Nullable String first(JsonObject json, String... names) {
    for (String name : names) {
      Object value = json.asMap().get(name);
      if (value instanceof Number number) {
        return number.doubleValue() == number.longValue()
            ? String.valueOf(number.longValue())
            : String.valueOf(number);
      } else if (value instanceof String text && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static String plain(String body) {
    return body.isBlank() ? "no explanation" : body.strip();
  }

  private record Words(String message, @Nullable String code, @Nullable String type) {}
}
