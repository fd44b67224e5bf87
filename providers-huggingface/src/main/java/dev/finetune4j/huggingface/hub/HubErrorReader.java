package dev.finetune4j.huggingface.hub;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.providerkit.ErrorReader;
import dev.finetune4j.providerkit.RetryAfter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Hub's errors: a code and a sentence in headers, or {@code error} or {@code errors} in
 * the body. The code becomes the failure's code: {@code RepoNotFound}, {@code GatedRepo}, ...
 * Thread-safe.
 */
public final class HubErrorReader implements ErrorReader {
  static final String REPOSITORY_NOT_FOUND = "RepoNotFound";
  static final String ENTRY_NOT_FOUND = "EntryNotFound";
  private static final String GATED = "GatedRepo";
  private static final String DISABLED = "Access to this resource is disabled.";

  private final Supplier<Instant> now;

  /**
   * Creates a reader.
   *
   * @param now the current time, to which dates in {@code Retry-After} are compared
   */
  public HubErrorReader(Supplier<Instant> now) {
    this.now = now;
  }

  @Override
  public ProviderException read(ProviderId provider, int status, Headers headers, String body) {
    String code = headers.get("X-Error-Code");
    String said = headers.get("X-Error-Message");
    ProviderFailure failure =
        ProviderFailure.of(provider, said == null || said.isBlank() ? message(body) : said)
            .withHttpStatus(status)
            .withCode(code)
            .withRequestId(requestId(headers));
    if (GATED.equals(code)) {
      return new PermissionException(
          failure.withMessage(
              failure.message() + " Ask for access on the page of the repository."));
    } else if (DISABLED.equals(said) || status == 402) {
      return new PermissionException(failure);
    } else if (code != null && code.endsWith("NotFound")) {
      return new NotFoundException(failure);
    }
    return byStatus(status, headers, failure);
  }

  private ProviderException byStatus(int status, Headers headers, ProviderFailure failure) {
    if (status == 401) {
      return new AuthenticationException(failure);
    } else if (status == 403) {
      return new PermissionException(failure);
    } else if (status == 404 || status == 410) {
      return new NotFoundException(failure);
    } else if (status == 429) {
      return new RateLimitException(failure, RetryAfter.in(headers, now.get()).orElse(null));
    } else if (status == 408 || status >= 500) {
      return new ProviderUnavailableException(failure, null);
    }
    return new InvalidRequestException(failure);
  }

  private static @Nullable String requestId(Headers headers) {
    return Stream.of("X-Request-Id", "X-Amzn-Trace-Id", "X-Amz-Cf-Id")
        .map(headers::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String message(String body) {
    try {
      JsonObject json = Json.parseObject(body);
      Object error = json.asMap().get("error");
      Object said = error == null ? json.asMap().get("errors") : error;
      return said == null ? plain(body) : words(said);
    } catch (JsonSyntaxException notJson) {
      return plain(body);
    }
  }

  private static String words(Object said) {
    if (said instanceof List<?> several) {
      return String.join(" ", several.stream().map(HubErrorReader::words).toList());
    } else if (said instanceof Map<?, ?> one && one.get("message") != null) {
      return String.valueOf(one.get("message"));
    }
    return String.valueOf(said);
  }

  private static String plain(String body) {
    return body.isBlank() ? "no explanation" : body.strip();
  }
}
