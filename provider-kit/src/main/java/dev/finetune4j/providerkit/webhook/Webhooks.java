package dev.finetune4j.providerkit.webhook;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies and reads webhooks by the Standard Webhooks specification: HMAC-SHA256 over {@code
 * id.timestamp.body}, in the headers {@code webhook-id}, {@code webhook-timestamp} and {@code
 * webhook-signature}.
 *
 * <pre>{@code
 * Webhooks webhooks = Webhooks.of(OpenAiProvider.ID, List.of(secret), Time.system());
 * WebhookEvent event = webhooks.read(headers, body);      // throws unless the signature is good
 * event.job().ifPresent(job -> provider.job(job).refresh());
 * }</pre>
 *
 * <p>A notice more than 5 minutes old, or from the future, is refused: it may be a replay of an old
 * one again. Immutable and thread-safe; no I/O.
 */
public final class Webhooks {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String VERSION = "v1,";
  private static final String JOB = "fine_tuning.job.";

  private final ProviderId provider;
  private final WebhookSecrets secrets;
  private final Time time;

  private Webhooks(ProviderId provider, WebhookSecrets secrets, Time time) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.secrets = secrets;
    this.time = Objects.requireNonNull(time, "time");
  }

  /**
   * Returns a reader of one service's notices.
   *
   * @param secrets what they are signed with, {@code whsec_...}; several while one is replaced
   * @throws IllegalArgumentException if there is no secret, or one is malformed
   */
  public static Webhooks of(ProviderId provider, List<String> secrets, Time time) {
    return new Webhooks(provider, new WebhookSecrets(secrets), time);
  }

  /**
   * Returns the notice if its signature matches a secret and it is recent.
   *
   * @param headers those of the request, names in any case; of several values the first counts
   * @param body the bytes as they came: JSON that was read and written again has another signature
   * @throws WebhookRefusedException if it is not to be believed, or not to be understood
   */
  public WebhookEvent read(Map<String, List<String>> headers, byte[] body) {
    String id = require(headers, "webhook-id");
    String timestamp = require(headers, "webhook-timestamp");
    List<byte[]> signatures = signatures(require(headers, "webhook-signature"));
    requireFresh(timestamp);
    ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 64);
    signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    if (!secrets.match(signed.toByteArray(), signatures)) {
      throw new WebhookRefusedException(
          "The signature of the notice is not that of its content. Check the secret, and that"
              + " nothing changes the body on its way.");
    }
    return event(new String(body, StandardCharsets.UTF_8));
  }

  private void requireFresh(String timestamp) {
    long seconds;
    try {
      seconds = Long.parseLong(timestamp.strip());
    } catch (NumberFormatException e) {
      throw new WebhookRefusedException("The webhook-timestamp is not a number of seconds.");
    }
    long age = Math.abs(time.now().getEpochSecond() - seconds);
    if (age > TOLERANCE.toSeconds()) {
      throw new WebhookRefusedException(
          "The notice is "
              + age
              + " s away from this machine's clock, and 300 are allowed. Check the clock; if it is"
              + " right, this is a replay of an old notice.");
    }
  }

  private WebhookEvent event(String text) {
    JsonObject json;
    String type;
    try {
      json = Json.parseObject(text);
      type = json.requireString("type");
    } catch (JsonSyntaxException e) {
      throw new WebhookRefusedException("The notice cannot be read. " + e.getMessage());
    }
    Optional<String> subject =
        json.asMap().get("data") instanceof Map<?, ?> data && data.get("id") instanceof String found
            ? Optional.of(found)
            : Optional.empty();
    boolean aboutJob = type.startsWith(JOB);
    return new WebhookEvent(
        String.valueOf(json.asMap().get("id")),
        type,
        Instant.ofEpochSecond(json.findLong("created_at").orElse(0)),
        aboutJob ? subject.map(job -> new JobReference(provider, job)) : Optional.empty(),
        aboutJob ? status(type.substring(JOB.length())) : JobStatus.UNRECOGNIZED,
        text);
  }

  private static JobStatus status(String word) {
    return switch (word) {
      case "succeeded" -> JobStatus.SUCCEEDED;
      case "failed" -> JobStatus.FAILED;
      case "cancelled" -> JobStatus.CANCELLED;
      default -> JobStatus.UNRECOGNIZED;
    };
  }

  private static List<byte[]> signatures(String header) {
    List<byte[]> signatures = new ArrayList<>();
    for (String each : header.strip().split("\\s+", -1)) {
      if (each.startsWith(VERSION)) {
        decode(each.substring(VERSION.length())).ifPresent(signatures::add);
      }
    }
    return signatures;
  }

  /** Another signature in the list may be good; one that cannot be read never matches. */
  private static Optional<byte[]> decode(String signature) {
    try {
      return Optional.of(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String require(Map<String, List<String>> headers, String name) {
    @Nullable String found = null;
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      boolean same = name.equals(String.valueOf(header.getKey()).toLowerCase(Locale.ROOT));
      if (same && found == null && !header.getValue().isEmpty()) {
        found = header.getValue().get(0);
      }
    }
    if (found == null || found.isBlank()) {
      throw new WebhookRefusedException(
          "The notice has no " + name + ". The sender does not sign its notices.");
    }
    return found;
  }

  @Override
  public String toString() {
    return "Webhooks(" + provider + ", " + secrets + ")";
  }
}
