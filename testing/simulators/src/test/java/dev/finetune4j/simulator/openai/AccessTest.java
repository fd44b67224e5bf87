package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who gets in: keys, limits, quota, and organisations that can no longer train. */
final class AccessTest {
  private final FakeClock time = new FakeClock();

  @Test
  void aWrongKeyGetsTheServicesErrorBody() throws Exception {
    try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().start()) {
      HttpResponse<String> answer = new Wire(openAi, "sk-wrong").get("/models");

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":{\"message\":\"Incorrect API key provided.\","
                  + "\"type\":\"invalid_request_error\",\"param\":null,"
                  + "\"code\":\"invalid_api_key\"}}");
      assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }
  }

  @Test
  void aRateLimitNamesTheSecondsAfterWhichTheNextRequestPasses() throws Exception {
    try (SimulatedOpenAi openAi =
        SimulatedOpenAi.builder().time(time).requestsPerMinute(2).start()) {
      Wire wire = new Wire(openAi);
      wire.get("/models");
      HttpResponse<String> second = wire.get("/models");

      HttpResponse<String> third = wire.get("/models");
      String seconds = third.headers().firstValue("Retry-After").orElseThrow();
      time.advance(Duration.ofSeconds(Long.parseLong(seconds)));
      HttpResponse<String> later = wire.get("/models");

      assertThat(second.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
      assertThat(second.headers().firstValue("x-ratelimit-reset-requests")).contains("1m0s");
      assertThat(third.statusCode()).isEqualTo(429);
      assertThat(Wire.error(third).requireString("code")).isEqualTo("rate_limit_exceeded");
      assertThat(seconds).isEqualTo("30");
      assertThat(later.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void tokensOfChatRequestsAreLimited() throws Exception {
    try (SimulatedOpenAi openAi =
        SimulatedOpenAi.builder().time(time).tokensPerMinute(40).start()) {
      Wire wire = new Wire(openAi);
      String body =
          "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
              .formatted("a".repeat(60));

      int first = wire.post("/chat/completions", body).statusCode();
      int second = wire.post("/chat/completions", body).statusCode();

      assertThat(first).isEqualTo(200);
      assertThat(second).isEqualTo(429);
    }
  }

  @Test
  void anExhaustedQuotaRefusesWhatCostsMoney() throws Exception {
    try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().quotaExhausted().start()) {
      Wire wire = new Wire(openAi);

      HttpResponse<String> answer = wire.post("/chat/completions", "{}");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(Wire.error(answer).requireString("type")).isEqualTo("insufficient_quota");
      assertThat(wire.get("/models").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOrganisationThatCanNoLongerTrainIsForbiddenToCreateJobs() throws Exception {
    try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().trainingClosed().start()) {
      HttpResponse<String> answer = new Wire(openAi).post("/fine_tuning/jobs", "{}");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(Wire.error(answer).requireString("message")).contains("no longer");
      assertThat(openAi.jobsCreated()).isZero();
    }
  }

  @Test
  void checkpointPermissionsAreForTheAdminKeyOnly() throws Exception {
    try (SimulatedOpenAi openAi = SimulatedOpenAi.builder().start()) {
      String path = "/fine_tuning/checkpoints/ft:none/permissions";

      assertThat(new Wire(openAi).get(path).statusCode()).isEqualTo(403);
      assertThat(new Wire(openAi, "sk-wrong").get(path).statusCode()).isEqualTo(401);
      assertThat(new Wire(openAi, openAi.adminKey()).get(path).statusCode()).isEqualTo(404);
    }
  }
}
