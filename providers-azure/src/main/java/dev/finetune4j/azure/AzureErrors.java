package dev.finetune4j.azure;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.providerkit.ErrorReader;
import dev.finetune4j.providerkit.OpenAiErrorReader;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the errors of the data plane, of gateways, of the resource manager and of the sign-in
 * service: puts each body into the form of the dialect, adds what to do about it where Azure's own
 * words mislead, and lets the dialect's reader do the rest. Thread-safe.
 */
final class AzureErrors implements ErrorReader {
  static final String CONTENT_FILTER = "content_filter";
  private static final Set<String> QUOTA =
      Set.of("InsufficientQuota", "SpecialFeatureOrQuotaIdRequired");

  private final OpenAiErrorReader dialect;

  AzureErrors(Supplier<Instant> now) {
    dialect = new OpenAiErrorReader(now);
  }

  @Override
  public ProviderException read(ProviderId provider, int status, Headers headers, String body) {
    JsonObject error = error(body);
    String said = first(error, "message", "error_description", "error");
    String code = code(error);
    String message = (said == null ? plain(body) : said) + cure(status, code, body);
    JsonObject neutral = JsonObject.empty().put("message", message).putIfPresent("code", code);
    String form = JsonObject.empty().put("error", neutral).toString();
    ProviderException read = dialect.read(provider, status, headers, form);
    return read instanceof InvalidRequestException && code != null && QUOTA.contains(code)
        ? new PermissionException(read.failure())
        : read;
  }

  private static String cure(int status, @Nullable String code, String body) {
    if (body.contains("quotaExceeded") && body.contains("expiry")) {
      return " Set a fileExpiry of 14 to 30 days, since files that expire do not count, or delete"
          + " files that no job needs.";
    } else if (body.contains("does not support fine-tuning")) {
      return " Azure says so too where the trainingType does not fit the model or the region:"
          + " models of other makers train as GLOBAL_STANDARD only, and STANDARD is in few regions.";
    } else if (status == 410) {
      return " The model is retired: train on another base. The catalog has the dates.";
    } else if (code != null && QUOTA.contains(code)) {
      return " Ask for less capacity, delete a deployment, or ask Azure for more quota.";
    } else if (status == 404 && "404".equals(code)) {
      return " Check the endpoint and the API version: Azure says the same of a wrong version.";
    } else if (status == 401) {
      return " Check the key, or that the token's scope fits this host.";
    }
    return "";
  }

  private static JsonObject error(String body) {
    try {
      JsonObject whole = Json.parseObject(body);
      return whole.asMap().get("error") instanceof Map<?, ?> inner ? JsonObject.of(inner) : whole;
    } catch (JsonSyntaxException notJson) {
      return JsonObject.empty();
    }
  }

  /** The outer code, or the inner one where the outer is a mere number or absent. */
  private static @Nullable String code(JsonObject error) {
    String outer = first(error, "code", "error", "statusCode");
    for (String name : new String[] {"innererror", "inner_error"}) {
      if (outer == null && error.asMap().get(name) instanceof Map<?, ?> inner) {
        return first(JsonObject.of(inner), "code");
      }
    }
    return outer;
  }

  private static @Nullable String first(JsonObject json, String... names) {
    for (String name : names) {
      Object value = json.asMap().get(name);
      if (value instanceof Number number) {
        return String.valueOf(number.longValue());
      } else if (value instanceof String text && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  private static String plain(String body) {
    return body.isBlank() ? "no explanation." : body.strip();
  }
}
