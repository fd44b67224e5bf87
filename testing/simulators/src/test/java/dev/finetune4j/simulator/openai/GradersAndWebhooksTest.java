package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Delivery;
import dev.finetune4j.simulator.LoopbackServer;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.testkit.FakeClock;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradersAndWebhooksTest {
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi =
      SimulatedOpenAi.builder()
          .time(time)
          .answering(question -> question.prompt().contains("Rome") ? "0.8" : "no idea")
          .pythonGrader((item, sample) -> sample.length())
          .start();
  private final Wire wire = new Wire(openAi);

  @AfterEach
  void close() {
    openAi.close();
  }

  @ParameterizedTest
  @CsvSource({
    "eq, Rome, Rome, 1",
    "eq, Rome, rome, 0",
    "ne, Rome, Oslo, 1",
    "like, Rome is it, Rome, 1",
    "like, Rome is it, rome, 0",
    "ilike, Rome is it, rome, 1",
  })
  void stringChecksCompareAsTheirOperationSays(
      String operation, String sample, String reference, double reward) throws Exception {
    String grader =
        "\"type\":\"string_check\",\"operation\":\"%s\",\"input\":\"{{sample.output_text}}\","
            + "\"reference\":\"{{item.city}}\"";

    assertThat(reward(grader.formatted(operation), sample, reference)).isEqualTo(reward);
  }

  @Test
  void aFuzzyMatchIsTheShareOfLettersThatStay() throws Exception {
    String grader =
        "\"type\":\"text_similarity\",\"evaluation_metric\":\"fuzzy_match\","
            + "\"input\":\"{{sample.output_json.city}}\",\"reference\":\"{{item.city}}\"";

    assertThat(reward(grader, "{\\\"city\\\":\\\"Roma\\\"}", "Rome")).isEqualTo(0.75);
  }

  @Test
  void aModelOrTheFunctionForPythonGivesTheScore() throws Exception {
    String model =
        "\"type\":\"score_model\",\"model\":\"gpt-4.1\",\"input\":"
            + "[{\"role\":\"user\",\"content\":\"Grade {{sample.output_text}}\"}]";

    assertThat(reward(model, "Rome", "x")).isEqualTo(0.8);
    assertThat(reward("\"type\":\"python\",\"source\":\"def grade\"", "seven77", "x")).isEqualTo(7);
  }

  @Test
  void aGraderThatLacksAMemberIsRefused() throws Exception {
    HttpResponse<String> answer =
        wire.post(
            "/fine_tuning/alpha/graders/validate",
            "{\"grader\":{\"type\":\"python\",\"name\":\"p\"}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Wire.error(answer).requireString("param")).isEqualTo("grader.source");
  }

  @Test
  void aBodyIsSignedAsTheStandardSays() {
    // The specification's own example: key, id, time and body, and what they come to.
    SignedEvent event =
        SignedEvent.sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1614265330),
            "{\"test\": 2432232314}");

    assertThat(event.headers())
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void theEndOfAJobReachesAReceiverAndSaysWhichJob() throws Exception {
    List<String> bodies = new ArrayList<>();
    try (LoopbackServer receiver =
        LoopbackServer.start(
            0,
            request -> {
              bodies.add(request.text());
              return Delivery.whole(SimulatedResponse.json(204, JsonObject.empty()));
            })) {
      String id = wire.job("");
      time.advance(Duration.ofHours(1));

      int status =
          openAi.deliverEvent(id, URI.create("http://127.0.0.1:" + receiver.port() + "/hook"));

      assertThat(status).isEqualTo(204);
      JsonObject event = Json.parseObject(bodies.get(0));
      assertThat(event.requireString("type")).isEqualTo("fine_tuning.job.succeeded");
      assertThat(event.requireObject("data").requireString("id")).isEqualTo(id);
    }
  }

  @Test
  void aRunningJobHasNoEvent() throws Exception {
    String id = wire.job("");

    assertThatThrownBy(() -> openAi.signedEvent(id)).isInstanceOf(IllegalStateException.class);
    assertThat(Base64.getDecoder().decode(openAi.webhookSecret().substring(6)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("simulated-webhook-secret");
  }

  private double reward(String grader, String sample, String city) throws Exception {
    String body =
        "{\"grader\":{\"name\":\"g\",%s},\"item\":{\"city\":\"%s\"},\"model_sample\":\"%s\"}";
    return Wire.json(
            wire.post("/fine_tuning/alpha/graders/run", body.formatted(grader, city, sample)))
        .requireDouble("reward");
  }
}
