package dev.finetune4j.examples.console;

import dev.finetune4j.huggingface.HuggingFaceJobsOptions;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import java.net.URI;
import java.util.Map;

/**
 * Where Hugging Face's services are and who asks, as the environment says it: {@code HF_TOKEN}, and
 * for a simulator {@code HF_ENDPOINT}, {@code HF_ENDPOINTS_API} and {@code HF_ROUTER}. Stateless.
 */
public final class HuggingFaceServices {
  private HuggingFaceServices() {}

  /**
   * Returns the settings of a provider that trains on Jobs.
   *
   * @throws IllegalArgumentException if there is no token
   */
  public static HuggingFaceJobsOptions<HuggingFaceProvider> options(
      Map<String, String> environment) {
    String token = environment.getOrDefault("HF_TOKEN", "");
    if (token.isBlank()) {
      throw new IllegalArgumentException(
          "HF_TOKEN is not set: it needs to write repositories, run jobs and manage endpoints.");
    }
    HuggingFaceJobsOptions<HuggingFaceProvider> options = HuggingFaceProvider.onJobs(token::strip);
    if (environment.containsKey("HF_ENDPOINT")) {
      options.hub(URI.create(environment.get("HF_ENDPOINT")));
    }
    if (environment.containsKey("HF_ENDPOINTS_API")) {
      options.endpointsApi(URI.create(environment.get("HF_ENDPOINTS_API")));
    }
    if (environment.containsKey("HF_ROUTER")) {
      options.router(URI.create(environment.get("HF_ROUTER")));
    }
    return options;
  }
}
