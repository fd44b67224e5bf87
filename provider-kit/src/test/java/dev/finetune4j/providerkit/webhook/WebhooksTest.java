package dev.finetune4j.providerkit.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ProviderId;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures here were computed with Python's hmac module, not with this code. */
final class WebhooksTest {
  private static final ProviderId OPENAI = new ProviderId("openai");
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String SIGNATURE = "v1,/P1rHzbbNG/ObGkd38TPpV8xh6z3W2RCc4HE1Ig1lfE=";
  private static final String OLD_SECRET = "whsec_YW5vdGhlciBrZXksIHRoZSBvbGRlciBvZiB0aGUgdHdv";
  private static final String OLD_SIGNATURE = "v1,7NydDz8HQ8/kaQGdR6xSO5J7nag2P5oS/TnBMEEROyg=";
  private static final String BODY =
      "{\"id\":\"evt_1\",\"object\":\"event\",\"created_at\":1767225600,"
          + "\"type\":\"fine_tuning.job.succeeded\",\"data\":{\"id\":\"ftjob-abc\"}}";

  private final FakeClock time = new FakeClock();

  @Test
  void aNoticeWithAGoodSignatureNamesItsJob() {
    Webhooks webhooks = Webhooks.of(OPENAI, List.of(SECRET), time);

    WebhookEvent event = webhooks.read(headers(SIGNATURE), BODY.getBytes(StandardCharsets.UTF_8));

    assertThat(event.job()).contains(new JobReference(OPENAI, "ftjob-abc"));
    assertThat(event.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(event.id()).isEqualTo("evt_1");
    assertThat(event.at()).isEqualTo(FakeClock.START);
  }

  @Test
  void anyOfSeveralSecretsAndSignaturesMayFitWhileOneIsReplaced() {
    Webhooks both = Webhooks.of(OPENAI, List.of(SECRET, OLD_SECRET), time);
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

    WebhookEvent old = both.read(headers(OLD_SIGNATURE), body);
    WebhookEvent listed = both.read(headers("v1a,junk v1,%% " + SIGNATURE), body);

    assertThat(old.id()).isEqualTo(listed.id());
  }

  @Test
  void whatIsChangedUnsignedOrOldIsRefused() {
    Webhooks webhooks = Webhooks.of(OPENAI, List.of(SECRET), time);
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    byte[] changed = BODY.replace("abc", "abd").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> webhooks.read(headers(SIGNATURE), changed))
        .isInstanceOf(WebhookRefusedException.class)
        .hasMessageStartingWith("The signature of the notice is not that of its content.");
    assertThatThrownBy(() -> webhooks.read(headers(OLD_SIGNATURE), body))
        .isInstanceOf(WebhookRefusedException.class);
    assertThatThrownBy(() -> webhooks.read(Map.of(), body))
        .hasMessage("The notice has no webhook-id. The sender does not sign its notices.");
    time.advance(Duration.ofSeconds(301));
    assertThatThrownBy(() -> webhooks.read(headers(SIGNATURE), body))
        .hasMessageStartingWith("The notice is 301 s away from this machine's clock");
  }

  @Test
  void aNoticeFromFiveMinutesAheadIsRefusedToo() {
    Webhooks webhooks =
        Webhooks.of(OPENAI, List.of(SECRET), new FakeClock(FakeClock.START.minusSeconds(301)));

    assertThatThrownBy(
            () -> webhooks.read(headers(SIGNATURE), BODY.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WebhookRefusedException.class);
  }

  @Test
  void aSecretDoesNotShow() {
    Webhooks webhooks = Webhooks.of(OPENAI, List.of(SECRET), time);

    assertThat(webhooks.toString()).doesNotContain(SECRET, SECRET.substring(6));
    assertThatThrownBy(() -> Webhooks.of(OPENAI, List.of("whsec_not base64!"), time))
        .hasMessageNotContaining("not base64!");
  }

  private static Map<String, List<String>> headers(String signature) {
    return Map.of(
        "Webhook-Id", List.of("msg_1"),
        "Webhook-Timestamp", List.of("1767225600"),
        "Webhook-Signature", List.of(signature));
  }
}
