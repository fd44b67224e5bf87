package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.openai.ChatAnswer;
import dev.finetune4j.simulator.openai.ChatQuestion;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Chat requests for more than text, and parameters that reasoning models do not get. */
final class OpenAiInferenceTest {
  private static final String BASE = "gpt-4.1-mini-2025-04-14";
  private static final String REASONING = "gpt-5-mini-2025-08-07";
  private static final Path LOG = Path.of("target", "test-log.txt");
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\"}},"
          + "\"required\":[\"sum\"],\"additionalProperties\":false}";
  private static final ToolDefinition WEATHER =
      new ToolDefinition("weather", "The weather of a town.", SCHEMA.replace("sum", "town"), true);

  private final FakeClock time = new FakeClock();
  private final SimulatedOpenAi service =
      SimulatedOpenAi.builder().time(time).answeringWith(OpenAiInferenceTest::answer).start();
  private final OpenAiProvider provider = Simulations.provider(service, time).build();

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void reasoningModelsDoNotGetRefusedParametersAndOneWarningIsLogged() throws Exception {
    ChatRequest request =
        ChatRequest.builder(List.of(Message.user("plain")))
            .temperature(0)
            .topP(0.5)
            .maximumTokens(500)
            .seed(7)
            .build();

    ChatResponse first = model(REASONING).chat(request);
    model(REASONING).chat(request);

    JsonObject sent = Simulations.bodies(service, "/chat/completions").get(0);
    assertThat(first.text()).isEqualTo("plain");
    assertThat(sent.asMap()).containsOnlyKeys("model", "messages", "max_completion_tokens", "seed");
    assertThat(warnings(REASONING)).isEqualTo(1);
  }

  @Test
  void reasoningModelsGetTheirEffortAndExplicitOptions() {
    ChatRequest request =
        ChatRequest.builder(List.of(Message.user("plain")))
            .providerOption("reasoning_effort", "low")
            .providerOption("temperature", 1)
            .build();

    model("o4-mini-2025-04-16").chat(request);

    JsonObject sent = Simulations.bodies(service, "/chat/completions").get(0);
    assertThat(sent.requireString("reasoning_effort")).isEqualTo("low");
    assertThat(sent.requireLong("temperature")).isEqualTo(1);
    assertThat(warnings("o4-mini-2025-04-16")).isZero();
  }

  @Test
  void otherModelsGetTheTemperature() {
    model(BASE).chat(ChatRequest.of("plain").toBuilder().temperature(0).build());

    JsonObject sent = Simulations.bodies(service, "/chat/completions").get(0);
    assertThat(sent.requireDouble("temperature")).isZero();
    assertThat(warnings(BASE)).isZero();
  }

  @Test
  void tokenProbabilitiesHaveAlternatives() {
    ChatRequest request =
        ChatRequest.of("plain").toBuilder()
            .providerOption("logprobs", true)
            .providerOption("top_logprobs", 2)
            .build();

    ChatResponse answer = model(BASE).chat(request);
    ChatResponse without = model(BASE).chat(ChatRequest.of("plain"));

    assertThat(answer.tokenProbabilities()).hasSizeGreaterThan(1);
    assertThat(String.join("", answer.tokenProbabilities().stream().map(t -> t.token()).toList()))
        .isEqualTo(answer.text());
    assertThat(answer.tokenProbabilities())
        .allMatch(token -> token.logProbability() <= 0 && !token.alternatives().isEmpty());
    assertThat(without.tokenProbabilities()).isEmpty();
  }

  @Test
  void answersFollowASchema() {
    ChatResponse answer =
        model(BASE).chat(ChatRequest.of("json").toBuilder().answerSchemaJson(SCHEMA).build());

    JsonObject format =
        Simulations.bodies(service, "/chat/completions").get(0).requireObject("response_format");
    assertThat(format.requireString("type")).isEqualTo("json_schema");
    assertThat(format.requireObject("json_schema").requireObject("schema").asMap())
        .isEqualTo(Json.parseObject(SCHEMA).asMap());
    assertThat(format.requireObject("json_schema").findBoolean("strict")).contains(true);
    assertThat(Json.parseObject(answer.text()).requireLong("sum")).isEqualTo(4);
  }

  @Test
  void toolCallsGetTheirResultsAndLeadToAnAnswer() {
    ChatRequest question = ChatRequest.of("tool").toBuilder().tools(List.of(WEATHER)).build();
    ChatResponse call = model(BASE).chat(question);
    ChatRequest result =
        question.toBuilder()
            .messages(
                List.of(
                    Message.user("tool"),
                    call.message(),
                    Message.tool(call.toolCalls().get(0).id(), "{\"sky\":\"clear\"}")))
            .build();

    ChatResponse answer = model(BASE).chat(result);

    assertThat(call.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(call.toolCalls().get(0).name()).isEqualTo("weather");
    assertThat(call.toolCalls().get(0).argumentsJson()).isEqualTo("{\"town\":\"Oslo\"}");
    assertThat(answer.text()).isEqualTo("It is clear in Oslo.");
  }

  @Test
  void streamedAnswersHaveTheSameToolCalls() {
    ChatRequest question = ChatRequest.of("tool").toBuilder().tools(List.of(WEATHER)).build();
    StreamingChatModel streaming = (StreamingChatModel) model(BASE);

    ChatResponse whole = model(BASE).chat(question);
    ChatResponse streamed = streaming.chat(question, piece -> {});

    assertThat(streamed.toolCalls())
        .extracting(call -> call.name() + call.argumentsJson())
        .isEqualTo(
            whole.toolCalls().stream().map(call -> call.name() + call.argumentsJson()).toList());
    assertThat(streamed.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(streamed.usage()).isEqualTo(whole.usage());
  }

  @Test
  void aRefusalIsNoText() {
    ChatResponse answer = model(BASE).chat(ChatRequest.of("refuse"));

    assertThat(answer.message().content().get(0).text()).isEqualTo("I will not.");
    assertThat(answer.message().content().get(0).getClass().getSimpleName()).isEqualTo("Refusal");
  }

  private ChatModel model(String name) {
    return provider.chatModel(new ModelReference(OpenAiProvider.ID, name)).orElseThrow();
  }

  private static ChatAnswer answer(ChatQuestion question) {
    String last = question.turns().get(question.turns().size() - 1).role();
    return switch (last.equals("tool") ? "result" : question.prompt()) {
      case "json" -> ChatAnswer.text("{\"sum\":4}");
      case "tool" -> ChatAnswer.calls(new ChatAnswer.Call("weather", "{\"town\":\"Oslo\"}"));
      case "result" -> ChatAnswer.text("It is clear in Oslo.");
      case "refuse" -> ChatAnswer.refusal("I will not.");
      default -> ChatAnswer.text(question.prompt());
    };
  }

  private static long warnings(String model) {
    try (Stream<String> lines = Files.lines(LOG)) {
      return lines
          .filter(line -> line.contains("WARN") && line.contains(model + " reasons"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
