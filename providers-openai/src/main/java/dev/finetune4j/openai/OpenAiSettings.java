package dev.finetune4j.openai;

import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The environment variables of OpenAI's own clients, as settings of a builder. Stateless. */
final class OpenAiSettings {
  static final String API_KEY = "OPENAI_API_KEY";
  static final String ADMIN_KEY = "OPENAI_ADMIN_KEY";
  static final String ORGANIZATION = "OPENAI_ORG_ID";
  static final String PROJECT = "OPENAI_PROJECT_ID";
  static final String BASE_URL = "OPENAI_BASE_URL";
  static final String WEBHOOK_SECRET = "OPENAI_WEBHOOK_SECRET";

  private OpenAiSettings() {}

  /**
   * Applies the variables that are set to {@code builder}.
   *
   * @throws IllegalArgumentException if the key is missing
   */
  static void apply(Environment set, OpenAiProvider.Builder builder) {
    String key =
        set.require(
            API_KEY,
            "Set it to an API key of the project to bill, or pass the key to"
                + " OpenAiProvider.builder().");
    builder.apiKey(() -> key);
    set.find(ADMIN_KEY).ifPresent(administrator -> builder.administratorKey(() -> administrator));
    set.find(ORGANIZATION).ifPresent(builder::organization);
    set.find(PROJECT).ifPresent(builder::project);
    set.find(BASE_URL).ifPresent(builder::baseUrl);
    set.find(WEBHOOK_SECRET).ifPresent(secrets -> builder.webhookSecrets(several(secrets)));
  }

  private static List<String> several(String secrets) {
    return Stream.of(secrets.split("[\\s,]+", -1)).filter(secret -> !secret.isEmpty()).toList();
  }

  static HttpTransport transport(OpenAiProvider.Builder options, Supplier<String> key) {
    var settings =
        HttpTransport.builder(OpenAiProvider.ID, options.baseUrl)
            .credential(Credential.bearer(key))
            .http(options.http)
            .time(options.time);
    if (options.organization != null) {
      settings.header("OpenAI-Organization", options.organization);
    }
    if (options.project != null) {
      settings.header("OpenAI-Project", options.project);
    }
    return settings.build();
  }
}
