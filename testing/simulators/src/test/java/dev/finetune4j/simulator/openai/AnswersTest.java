package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chat, streams, tools, and what models refuse. */
final class AnswersTest {
  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi openAi =
      SimulatedOpenAi.builder()
          .time(time)
          .durations(SimulatedDurations.standard().withModelLoading(Duration.ofMinutes(2)))
          .answeringWith(AnswersTest::answer)
          .start();
  private final Wire wire = new Wire(openAi);

  private static ChatAnswer answer(ChatQuestion question) {
    return switch (question.prompt()) {
      case "refuse" -> ChatAnswer.refusal("I will not.");
      case "tool" ->
          ChatAnswer.calls(new ChatAnswer.Call(question.toolNames().get(0), "{\"city\":\"Rome\"}"));
      default -> ChatAnswer.text("You said: " + question.prompt());
    };
  }

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void theFunctionOfTheTestAnswers() throws Exception {
    JsonObject answer = Wire.json(ask("gpt-4.1", "good day", ""));

    JsonObject choice = answer.objects("choices").get(0);
    assertThat(choice.requireObject("message").requireString("content"))
        .isEqualTo("You said: good day");
    assertThat(choice.requireString("finish_reason")).isEqualTo("stop");
    assertThat(answer.requireString("model")).isEqualTo("gpt-4.1-2025-04-14");
  }

  @Test
  void aStreamCarriesTheSameTextAndEndsWithTheUsage() throws Exception {
    String options = ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    HttpResponse<String> answer = ask("gpt-4.1", "a good long day", options);
    List<String> data =
        answer.body().lines().filter(line -> !line.isEmpty()).map(l -> l.substring(6)).toList();

    String text =
        data.subList(0, data.size() - 2).stream()
            .map(line -> Json.parseObject(line).objects("choices").get(0).requireObject("delta"))
            .map(delta -> delta.findString("content").orElse(""))
            .collect(Collectors.joining());
    assertThat(text).isEqualTo("You said: a good long day");
    assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
    assertThat(Json.parseObject(data.get(data.size() - 2)).findObject("usage")).isPresent();
  }

  @Test
  void toolsAreCalledAndRefusalsAreTheirOwnKind() throws Exception {
    String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]";

    JsonObject called = Wire.json(ask("gpt-4.1", "tool", tools)).objects("choices").get(0);
    JsonObject refused = Wire.json(ask("gpt-4.1", "refuse", "")).objects("choices").get(0);

    JsonObject call = called.requireObject("message").objects("tool_calls").get(0);
    assertThat(called.requireString("finish_reason")).isEqualTo("tool_calls");
    assertThat(call.requireObject("function").requireString("name")).isEqualTo("weather");
    assertThat(refused.requireObject("message").findString("content")).isEmpty();
    assertThat(refused.requireObject("message").requireString("refusal")).isEqualTo("I will not.");
  }

  @Test
  void anAnswerThatIsTooLongIsCut() throws Exception {
    JsonObject choice =
        Wire.json(ask("gpt-4.1", "abcdefgh", ",\"max_completion_tokens\":2"))
            .objects("choices")
            .get(0);

    assertThat(choice.requireString("finish_reason")).isEqualTo("length");
    assertThat(choice.requireObject("message").requireString("content")).isEqualTo("You said");
  }

  @Test
  void reasoningModelsRefuseWhatSamplingNeeds() throws Exception {
    HttpResponse<String> temperature = ask("o4-mini", "x", ",\"temperature\":0");
    HttpResponse<String> tokens = ask("o4-mini", "x", ",\"max_tokens\":5");

    assertThat(Wire.error(temperature).requireString("code")).isEqualTo("unsupported_value");
    assertThat(Wire.error(tokens).requireString("code")).isEqualTo("unsupported_parameter");
    assertThat(ask("o4-mini", "x", ",\"temperature\":1").statusCode()).isEqualTo(200);
  }

  @Test
  void aFreshModelIsNotFoundUntilItIsLoaded() throws Exception {
    String id = wire.job("");
    time.advance(Duration.ofSeconds(30 + 60 + 1200));
    String model = Wire.json(wire.get("/fine_tuning/jobs/" + id)).requireString("fine_tuned_model");

    HttpResponse<String> early = ask(model, "x", "");
    time.advance(Duration.ofMinutes(2));
    HttpResponse<String> late = ask(model, "x", "");

    assertThat(early.statusCode()).isEqualTo(404);
    assertThat(Wire.error(early).requireString("code")).isEqualTo("model_not_found");
    assertThat(late.statusCode()).isEqualTo(200);
  }

  @Test
  void textsThatShareWordsAreNearerThanTextsThatDoNot() throws Exception {
    String body =
        "{\"model\":\"text-embedding-3-small\",\"dimensions\":64,"
            + "\"input\":[\"red apple\",\"green apple\",\"blue sea\"]}";

    List<JsonObject> data = Wire.json(wire.post("/embeddings", body)).objects("data");

    assertThat(likeness(data.get(0), data.get(1)))
        .isGreaterThan(likeness(data.get(0), data.get(2)));
    assertThat(likeness(data.get(0), data.get(0))).isBetween(0.999, 1.001);
  }

  private static double likeness(JsonObject first, JsonObject second) {
    List<?> a = first.list("embedding");
    List<?> b = second.list("embedding");
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += ((Number) a.get(i)).doubleValue() * ((Number) b.get(i)).doubleValue();
    }
    return sum;
  }

  private HttpResponse<String> ask(String model, String prompt, String members) throws Exception {
    return wire.post(
        "/chat/completions",
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
            .formatted(model, prompt, members));
  }
}
