package dev.finetune4j.providerkit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ProviderId;
import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.inference.TokenUsage;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.testkit.FakeClock;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChatCompletionsModelTest {
  @StartStop final MockWebServer server = new MockWebServer();
  private HttpTransport transport;
  private ChatCompletionsModel model;

  @BeforeEach
  void connect() {
    transport =
        HttpTransport.builder(new ProviderId("fake"), server.url("/v1"))
            .credential(Credential.bearer(() -> "sk-very-secret"))
            .time(new FakeClock())
            .build();
    model = ChatCompletionsModel.of(transport, "tuned");
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private void answer(String body) {
    server.enqueue(new MockResponse.Builder().body(body).build());
  }

  private void answerMessage(String message, String finishReason) {
    answer(
        """
        {"id": "c-1", "object": "chat.completion", "model": "tuned-1", "tomorrow": {"x": 1},
         "choices": [{"index": 0, "message": %s, "finish_reason": "%s", "logprobs": null}],
         "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}
        """
            .formatted(message, finishReason));
  }

  @Test
  void aQuestionIsOnePostAndItsAnswerIsReadWhole() throws Exception {
    answerMessage("{\"role\": \"assistant\", \"content\": \"four\"}", "stop");

    ChatResponse response = model.chat(ChatRequest.of("two and two?"));

    assertThat(response.text()).isEqualTo("four");
    assertThat(response.model()).isEqualTo("tuned-1");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.usage()).isEqualTo(new TokenUsage(7, 3));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/v1/chat/completions");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sk-very-secret");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(request.getBody().utf8())
        .isEqualTo(
            "{\"model\":\"tuned\",\"messages\":[{\"role\":\"user\",\"content\":\"two and two?\"}]}");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void everySettingTravelsAndProviderOptionsAreMergedLast() throws Exception {
    answerMessage("{\"role\": \"assistant\", \"content\": \"{}\"}", "stop");
    ChatRequest question =
        ChatRequest.builder(List.of(Message.system("Be brief."), Message.user("Hi")))
            .tools(List.of(new ToolDefinition("add", "Adds.", "{\"type\":\"object\"}")))
            .temperature(0)
            .topP(0.5)
            .maximumTokens(20)
            .seed(42)
            .stop(List.of("END"))
            .answerSchemaJson("{\"type\":\"object\"}")
            .providerOption("temperature", 0.25)
            .providerOption("min_p", 0.1)
            .build();

    model.chat(question);

    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"model\":\"tuned\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\","
                + "\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"}}}],"
                + "\"temperature\":0.25,\"top_p\":0.5,\"max_completion_tokens\":20,\"seed\":42,"
                + "\"stop\":[\"END\"],\"response_format\":{\"type\":\"json_schema\","
                + "\"json_schema\":{\"name\":\"answer\",\"schema\":{\"type\":\"object\"},"
                + "\"strict\":true}},\"min_p\":0.1}");
  }

  @Test
  void imagesCallsAndResultsOfToolsAreWrittenInTheDialect() throws Exception {
    answerMessage("{\"role\": \"assistant\", \"content\": \"ok\"}", "stop");
    Message picture =
        new Message(
            Role.USER,
            List.of(
                new ContentPart.Text("What?"),
                new ContentPart.Image(URI.create("https://example.org/a.png"))),
            List.of(),
            Optional.empty(),
            Optional.of("ann"),
            false);

    model
        .withMaxTokensMember()
        .chat(
            ChatRequest.builder(
                    List.of(
                        picture,
                        Message.calling(List.of(new ToolCall("c1", "look", "{\"x\":1}"))),
                        Message.tool("c1", "a cat")))
                .maximumTokens(5)
                .build());

    assertThat(server.takeRequest().getBody().utf8())
        .isEqualTo(
            "{\"model\":\"tuned\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"What?\"},{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"https://example.org/a.png\"}}],\"name\":\"ann\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"look\","
                + "\"arguments\":\"{\\\"x\\\":1}\"}}]},{\"role\":\"tool\",\"content\":\"a cat\","
                + "\"tool_call_id\":\"c1\"}],\"max_tokens\":5}");
  }

  @Test
  void aCallOfAToolAndARefusalAreAnswersOfTheirOwnKind() {
    answerMessage(
        """
        {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
         "function": {"name": "add", "arguments": "{\\"a\\": 1}"}}]}""",
        "tool_calls");
    answerMessage("{\"role\": \"assistant\", \"content\": null, \"refusal\": \"No.\"}", "bored");

    ChatResponse call = model.chat(ChatRequest.of("1 + 1"));
    ChatResponse refusal = model.chat(ChatRequest.of("Tell me"));

    assertThat(call.toolCalls()).containsExactly(new ToolCall("c1", "add", "{\"a\": 1}"));
    assertThat(call.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(call.text()).isEmpty();
    assertThat(refusal.message().content()).containsExactly(new ContentPart.Refusal("No."));
    assertThat(refusal.finishReason()).isEqualTo(FinishReason.UNRECOGNIZED);
  }

  @Test
  void aStreamedAnswerComesInPiecesAndIsWholeInTheEnd() throws Exception {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Content-Type", "text/event-stream")
            .body(
                """
                : a comment

                data: {"model":"tuned-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"index":0,"delta":{"content":"fo"}}]}

                data: {"choices":[{"index":0,"delta":{"content":"ur"},"finish_reason":null}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

                data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

                data: [DONE]

                """)
            .build());
    List<String> pieces = new ArrayList<>();

    ChatResponse response = model.chat(ChatRequest.of("two and two?"), pieces::add);

    assertThat(pieces).containsExactly("fo", "ur");
    assertThat(response.text()).isEqualTo("four");
    assertThat(response.model()).isEqualTo("tuned-1");
    assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(response.usage()).isEqualTo(new TokenUsage(5, 2));
    assertThat(server.takeRequest().getBody().utf8())
        .contains("\"stream\":true")
        .contains("\"stream_options\":{\"include_usage\":true}");
  }

  @Test
  void aStreamedCallOfAToolIsPutTogether() {
    server.enqueue(
        new MockResponse.Builder()
            .body(
                """
                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"add","arguments":"{\\"a\\""}}]}}]}

                data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":"tool_calls"}]}

                """)
            .build());

    ChatResponse response = model.chat(ChatRequest.of("1 + 1"), piece -> {});

    assertThat(response.toolCalls()).containsExactly(new ToolCall("c1", "add", "{\"a\":1}"));
  }

  @Test
  void aStreamThatBreaksOffIsNoAnswer() {
    server.enqueue(
        new MockResponse.Builder()
            .body("data: {\"choices\":[{\"delta\":{\"content\":\"fo\"}}]}\n\n")
            .build());

    assertThatThrownBy(() -> model.chat(ChatRequest.of("two and two?"), piece -> {}))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessage("fake: The answer of \"tuned\" broke off. Ask again.");
  }

  @Test
  void anAnswerWithoutChoicesIsTheServersFault() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("x-request-id", "req-1")
            .body("{\"choices\":[]}")
            .build());

    assertThatThrownBy(() -> model.chat(ChatRequest.of("Hi")))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessage(
            "fake answered 200 [request req-1]: The answer has no choices. The answer begins:"
                + " {\"choices\":[]}");
  }

  @Test
  void aModelThatTheServerDoesNotListIsNotAsked() throws Exception {
    answer("{\"object\":\"list\",\"data\":[{\"id\":\"base\"}]}");
    answer("{\"object\":\"list\",\"data\":[{\"id\":\"base\"},{\"id\":\"tuned\"}]}");

    assertThatThrownBy(() -> model.requireServed())
        .isInstanceOf(NotFoundException.class)
        .hasMessage("fake: The server does not serve \"tuned\"; it lists [base].");
    model.requireServed();

    assertThat(server.takeRequest().getUrl().encodedPath()).isEqualTo("/v1/models");
  }

  @Test
  void theSecretShowsNowhere() {
    assertThat(model + transport.toString() + Credential.bearer(() -> "sk-very-secret"))
        .doesNotContain("secret");
  }
}
