package dev.finetune4j.azure;

import dev.finetune4j.providerkit.ErrorReader;
import dev.finetune4j.providerkit.OpenAiErrorReader;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Azure's errors are those of the dialect, and its own words often mislead. Stateless. */
final class AzureErrors {
  private static final Set<String> QUOTA =
      Set.of("InsufficientQuota", "SpecialFeatureOrQuotaIdRequired");

  private AzureErrors() {}

  /** Reads what the data plane, gateways, the resource manager and the sign-in service answer. */
  static ErrorReader reader(Supplier<Instant> now) {
    return new OpenAiErrorReader(now).withAdvice(AzureErrors::advice).withPermissionCodes(QUOTA);
  }

  private static String advice(int status, @Nullable String code, String body) {
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
}
