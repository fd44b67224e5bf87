package dev.finetune4j.azure;

import dev.finetune4j.providerkit.ErrorReader;
import dev.finetune4j.providerkit.OpenAiErrorReader;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads errors of the OpenAI dialect and adds advice where Azure's own messages mislead. Stateless.
 */
final class AzureErrors {
  private static final Set<String> QUOTA =
      Set.of("InsufficientQuota", "SpecialFeatureOrQuotaIdRequired");

  private AzureErrors() {}

  /** Reads the errors of the data plane, gateways, the resource manager and the sign-in service. */
  static ErrorReader reader(Supplier<Instant> now) {
    return new OpenAiErrorReader(now).withAdvice(AzureErrors::advice).withPermissionCodes(QUOTA);
  }

  private static String advice(int status, @Nullable String code, String body) {
    if (body.contains("quotaExceeded") && body.contains("expiry")) {
      return " Set a fileExpiry of 14 to 30 days, since expiring files do not count, or delete"
          + " files that no job needs.";
    } else if (body.contains("does not support fine-tuning")) {
      return " Azure also says this if the trainingType does not suit the model or the region:"
          + " open models train as GLOBAL_STANDARD only, and few regions have STANDARD.";
    } else if (status == 410) {
      return " The model is retired: train on another base. The catalog has the dates.";
    } else if (code != null && QUOTA.contains(code)) {
      return " Ask for less capacity, delete a deployment, or ask Azure for more quota.";
    } else if (status == 404 && "404".equals(code)) {
      return " Check the endpoint and the API version; Azure gives this error for both.";
    } else if (status == 401) {
      return " Check the key, or that the token's scope matches this host.";
    }
    return "";
  }
}
