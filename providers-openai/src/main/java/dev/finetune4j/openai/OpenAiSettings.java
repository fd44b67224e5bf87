package dev.finetune4j.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that OpenAI's own clients read, as settings of a builder. Stateless. */
final class OpenAiSettings {
  static final String API_KEY = "OPENAI_API_KEY";
  static final String ADMIN_KEY = "OPENAI_ADMIN_KEY";
  static final String ORGANIZATION = "OPENAI_ORG_ID";
  static final String PROJECT = "OPENAI_PROJECT_ID";
  static final String BASE_URL = "OPENAI_BASE_URL";
  static final String WEBHOOK_SECRET = "OPENAI_WEBHOOK_SECRET";

  private OpenAiSettings() {}

  /**
   * Puts what is set into {@code builder}.
   *
   * @throws IllegalArgumentException if the key is missing
   */
  static void apply(Map<String, String> environment, OpenAiOptions builder) {
    Map<String, String> set = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            set.put(name, value.strip());
          }
        });
    String key = set.get(API_KEY);
    if (key == null) {
      throw new IllegalArgumentException(
          "The environment variable "
              + API_KEY
              + " is not set. Set it to an API key of the project that shall pay, or give the key"
              + " to OpenAiProvider.builder().");
    }
    builder.apiKey(() -> key);
    String administrator = set.get(ADMIN_KEY);
    if (administrator != null) {
      builder.administratorKey(() -> administrator);
    }
    String organization = set.get(ORGANIZATION);
    if (organization != null) {
      builder.organization(organization);
    }
    String project = set.get(PROJECT);
    if (project != null) {
      builder.project(project);
    }
    String baseUrl = set.get(BASE_URL);
    if (baseUrl != null) {
      builder.baseUrl(baseUrl);
    }
    String secret = set.get(WEBHOOK_SECRET);
    if (secret != null) {
      List<String> secrets = new ArrayList<>(List.of(secret.split("[\\s,]+", -1)));
      secrets.removeIf(String::isEmpty);
      builder.webhookSecrets(secrets);
    }
  }
}
