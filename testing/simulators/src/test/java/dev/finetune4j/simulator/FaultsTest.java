package dev.finetune4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.openai.OpenAiErrors;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose, seen from a client. */
final class FaultsTest {
  private final SimulatedOpenAi openAi = SimulatedOpenAi.builder().seed(4).start();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void aResetBeforeHandlingLeavesNothingBehind() {
    openAi.faults().next("POST /uploads", Fault.resetBeforeHandling());

    assertThatThrownBy(() -> post("/uploads", upload())).isInstanceOf(IOException.class);
    assertThat(openAi.requests()).singleElement().extracting("way").isEqualTo(Delivery.Way.RESET);
  }

  @Test
  void anAnswerInsteadComesAsManyTimesAsPlanned() throws Exception {
    openAi.faults().next("GET /models", 2, Fault.answer(OpenAiErrors.rateLimited(7)));

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(get("/models").statusCode());
    }

    assertThat(statuses).containsExactly(429, 429, 200);
    assertThat(openAi.faults().raised()).isEqualTo(2);
  }

  @Test
  void anAnswerMayHaveABodyOfOnesOwnAsTextOrAsAMap() throws Exception {
    openAi
        .faults()
        .next(
            "GET /models", Fault.answer(SimulatedResponse.json(418, "{\"error\": {\"code\": 7}}")));
    openAi
        .faults()
        .next("GET /models", Fault.answer(SimulatedResponse.json(503, Map.of("error", "busy"))));

    HttpResponse<String> text = get("/models");
    HttpResponse<String> map = get("/models");

    assertThat(text.statusCode()).isEqualTo(418);
    assertThat(text.body()).isEqualTo("{\"error\":{\"code\":7}}");
    assertThat(map.statusCode()).isEqualTo(503);
    assertThat(map.body()).isEqualTo("{\"error\":\"busy\"}");
  }

  @Test
  void aBodyThatIsNoJsonObjectIsRefused() {
    assertThatThrownBy(() -> SimulatedResponse.json(500, "[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The body of this answer is no JSON object: Expected a JSON object, got an array."
                + " Correct it, or send it unchanged with SimulatedResponse.content.");
  }

  @Test
  void aCutBodyEndsInTheMiddle() {
    openAi.faults().next("GET /models", Fault.cutBody(100));

    assertThatThrownBy(() -> get("/models")).isInstanceOf(IOException.class);
  }

  @Test
  void aSlowBodyArrivesWhole() throws Exception {
    openAi.faults().next("GET /models/gpt-4.1", Fault.slowBody(2000));

    assertThat(get("/models/gpt-4.1").body()).contains("gpt-4.1-2025-04-14");
  }

  @Test
  void membersOfTomorrowAndNullsReachEveryItemOfAList() throws Exception {
    openAi.faults().next("GET /models", Fault.unknownMember());
    openAi.faults().next("GET /models", Fault.nullMembers("created", "owned_by"));

    JsonObject tomorrow = Json.parseObject(get("/models").body());
    JsonObject holes = Json.parseObject(get("/models").body());

    assertThat(tomorrow.has("member_of_tomorrow")).isTrue();
    assertThat(tomorrow.objects("data")).allMatch(model -> model.has("member_of_tomorrow"));
    assertThat(holes.objects("data")).allMatch(model -> model.findLong("created").isEmpty());
    assertThat(holes.objects("data")).allMatch(model -> model.has("created"));
  }

  @Test
  void chancesStrikeTheSameRequestsForTheSameSeed() throws Exception {
    List<Integer> first = statusesWithChance();
    List<Integer> second;
    try (SimulatedOpenAi again = SimulatedOpenAi.builder().seed(4).start()) {
      again.faults().chance("GET *", 0.5, Fault.answer(OpenAiErrors.status(503)));
      second = statuses(again);
    }

    assertThat(first).contains(200, 503).isEqualTo(second);
  }

  private List<Integer> statusesWithChance() throws Exception {
    openAi.faults().chance("GET *", 0.5, Fault.answer(OpenAiErrors.status(503)));
    return statuses(openAi);
  }

  private List<Integer> statuses(SimulatedOpenAi target) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(send(target, HttpRequest.newBuilder(uri(target, "/models"))).statusCode());
    }
    return statuses;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(openAi, HttpRequest.newBuilder(uri(openAi, path)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        openAi,
        HttpRequest.newBuilder(uri(openAi, path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(SimulatedOpenAi target, HttpRequest.Builder request)
      throws Exception {
    return client.send(
        request.header("Authorization", "Bearer " + target.apiKey()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(SimulatedOpenAi target, String path) {
    return URI.create(target.baseUrl() + path);
  }

  private static String upload() {
    return "{\"filename\":\"a.jsonl\",\"purpose\":\"fine-tune\",\"bytes\":4,"
        + "\"mime_type\":\"text/jsonl\"}";
  }
}
