package dev.finetune4j.openai;

import dev.finetune4j.Time;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.Environment;
import dev.finetune4j.providerkit.HttpSettings;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Settings of an {@link OpenAiProvider}. Not thread-safe. */
public final class OpenAiOptions {
  private static final String SERVICE = "https://api.openai.com/v1";

  final Set<Capability> without = EnumSet.noneOf(Capability.class);
  HttpUrl baseUrl = HttpUrl.get(SERVICE);
  private @Nullable Supplier<String> apiKey;
  @Nullable Supplier<String> administratorKey;
  private @Nullable String organization;
  private @Nullable String project;
  List<String> webhookSecrets = List.of();
  private HttpSettings http = HttpSettings.standard();
  Time time = Time.system();

  OpenAiOptions() {}

  /** Applies the variables in {@code environment}; see {@link OpenAiProvider#fromEnvironment()}. */
  public OpenAiOptions environment(Map<String, String> environment) {
    OpenAiSettings.apply(new Environment(environment), this);
    return this;
  }

  /** Sets the supplier of a project's API key, called for each request. */
  public OpenAiOptions apiKey(Supplier<String> key) {
    apiKey = key;
    return this;
  }

  /** Sets the supplier of an administrator's key, which only checkpoint permissions use. */
  public OpenAiOptions administratorKey(Supplier<String> key) {
    administratorKey = key;
    return this;
  }

  /** Sets the organization to bill, if the key belongs to several. */
  public OpenAiOptions organization(String id) {
    organization = id;
    return this;
  }

  /** Sets the project to bill, if the key belongs to several. */
  public OpenAiOptions project(String id) {
    project = id;
    return this;
  }

  /**
   * Sets the server; {@code https://api.openai.com/v1} if not set. Use {@link #without} for
   * operations that the server lacks.
   *
   * @throws IllegalArgumentException if it is not an http or https URL
   */
  public OpenAiOptions baseUrl(String url) {
    baseUrl = HttpUrl.get(url);
    return this;
  }

  /** Removes capabilities that the server lacks; they are then refused before any request. */
  public OpenAiOptions without(Capability... missing) {
    without.addAll(Arrays.asList(missing));
    return this;
  }

  /** Sets the secrets that webhooks are signed with; several while one is being replaced. */
  public OpenAiOptions webhookSecrets(List<String> secrets) {
    webhookSecrets = List.copyOf(secrets);
    return this;
  }

  /**
   * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
   * {@link HttpSettings#standard()} if not set.
   */
  public OpenAiOptions http(HttpSettings settings) {
    http = Objects.requireNonNull(settings, "http");
    return this;
  }

  /** Sets the clock; the system's if not set. */
  public OpenAiOptions time(Time clock) {
    time = clock;
    return this;
  }

  /**
   * Returns the provider. No I/O.
   *
   * @throws IllegalArgumentException if no key was set
   */
  public OpenAiProvider build() {
    Supplier<String> key = apiKey;
    if (key == null) {
      throw new IllegalArgumentException(
          "No API key was set. Call OpenAiProvider.builder().apiKey(() -> key), or set the variable "
              + OpenAiSettings.API_KEY
              + " and call fromEnvironment(). A server without authentication accepts any text.");
    }
    return new OpenAiProvider(this, transport(key));
  }

  private HttpTransport transport(Supplier<String> key) {
    var settings =
        HttpTransport.builder(OpenAiProvider.ID, baseUrl)
            .credential(Credential.bearer(key))
            .http(http)
            .time(time);
    if (organization != null) {
      settings.header("OpenAI-Organization", organization);
    }
    if (project != null) {
      settings.header("OpenAI-Project", project);
    }
    return settings.build();
  }
}
