package dev.finetune4j.providerkit.chat;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.StreamingChatModel;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.ApiResponse;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A model that is asked with {@code chat/completions}.
 *
 * <pre>{@code
 * HttpTransport transport = HttpTransport.builder(provider, HttpUrl.get("http://127.0.0.1:8000/v1"))
 *     .credential(Credential.bearer(() -> token))
 *     .build();
 * ChatCompletionsModel model = ChatCompletionsModel.of(transport, "tuned");
 * model.requireServed();                                  // 404 in words, never the base by mistake
 * String answer = model.chat(ChatRequest.of("Hello")).text();
 * }</pre>
 *
 * <p>One request for each question, more where the transport sends again. Immutable; thread-safe.
 * The transport belongs to the caller.
 */
public final class ChatCompletionsModel implements StreamingChatModel {
  private static final String PATH = "chat/completions";

  private final HttpTransport transport;
  private final String model;
  private final String maximumTokensMember;
  private final boolean reasoning;

  private ChatCompletionsModel(
      HttpTransport transport, String model, String maximumTokensMember, boolean reasoning) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.model = Objects.requireNonNull(model, "model");
    this.maximumTokensMember = maximumTokensMember;
    this.reasoning = reasoning;
  }

  /**
   * Returns the model of that name; the limit on tokens travels as {@code max_completion_tokens}.
   */
  public static ChatCompletionsModel of(HttpTransport transport, String model) {
    return new ChatCompletionsModel(transport, model, "max_completion_tokens", false);
  }

  /**
   * Returns this model with the limit on tokens as {@code max_tokens}: older servers know no other.
   */
  public ChatCompletionsModel withMaxTokensMember() {
    return new ChatCompletionsModel(transport, model, "max_tokens", reasoning);
  }

  /**
   * Returns this model as one that reasons: temperature, top-p and token probabilities, which such
   * models refuse, are not sent.
   */
  public ChatCompletionsModel withReasoning() {
    return new ChatCompletionsModel(transport, model, maximumTokensMember, true);
  }

  /** Returns the name that the server knows. */
  public String model() {
    return model;
  }

  /**
   * Checks that the server lists the model: some answer with their base model instead of one that
   * they do not know. One request.
   *
   * @throws NotFoundException if it is not listed; the message names what is
   */
  public void requireServed() {
    List<String> served =
        transport.get(
            "models",
            answer -> answer.objects("data").stream().map(m -> m.requireString("id")).toList());
    if (!served.contains(model)) {
      throw new NotFoundException(
          ProviderFailure.of(
              transport.provider(),
              "The server does not serve \"" + model + "\"; it lists " + served + "."));
    }
  }

  /**
   * Reads the answer to a question that was sent another way. No I/O.
   *
   * @throws dev.finetune4j.json.JsonSyntaxException if it is no such answer
   */
  public static ChatResponse read(JsonObject answer) {
    return ChatAnswers.read(answer);
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    ApiResponse answer = transport.send(question(body(request)));
    return answer.json(ChatAnswers::read).withRateStatus(answer.rateStatus());
  }

  @Override
  public ChatResponse chat(ChatRequest request, Consumer<String> onText) {
    JsonObject body = JsonObject.empty();
    body.put("stream", true);
    body.put("stream_options", JsonObject.empty().put("include_usage", true));
    body(request).asMap().forEach(body::put);
    ChatStream answer = new ChatStream(transport.provider(), onText);
    transport.sendForEvents(question(body), answer::accept);
    if (!answer.isWhole()) {
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              transport.provider(), "The answer of \"" + model + "\" broke off. Ask again."),
          null);
    }
    return answer.toResponse();
  }

  private ApiRequest question(JsonObject body) {
    return ApiRequest.post(PATH).json(body).idempotency(Idempotency.SAFE).pacedBy(model);
  }

  @Override
  public String toString() {
    return "ChatCompletionsModel(" + model + ", " + transport + ")";
  }

  /** Returns the body of the request, for sending it another way. No I/O. */
  public JsonObject body(ChatRequest request) {
    JsonObject body = ChatBodies.of(model, request, maximumTokensMember);
    if (reasoning) {
      ReasoningModels.prepare(body, model, request);
    }
    return body;
  }
}
