package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the model, checks the request, and answers in the dialect's format. */
final class ChatService {
  private final State state;

  ChatService(State state) {
    this.state = state;
  }

  JsonObject complete(JsonObject body) throws ErrorResponseException {
    return answer(body).whole();
  }

  List<String> stream(JsonObject body) throws ErrorResponseException {
    return answer(body).chunks();
  }

  private ChatReply answer(JsonObject body) throws ErrorResponseException {
    String name = body.findString("model").orElse("");
    String id;
    Instant now;
    TunedModel tuned;
    SimulatedBaseModel base;
    synchronized (state) {
      now = state.advance();
      tuned = state.findTuned(name, now).orElse(null);
      base = base(name, tuned);
      id = state.ids.next("chatcmpl-", 29);
    }
    ChatRules.check(body, base);
    ChatQuestion question = question(name, body);
    // Outside of the monitor: the test's function may take its time, or ask the simulator.
    ChatAnswer answer = answer(question, tuned);
    return new ChatReply(body, answer, id, tuned == null ? base.name() : name, now);
  }

  private static SimulatedBaseModel base(String name, @Nullable TunedModel tuned)
      throws ErrorResponseException {
    Optional<SimulatedBaseModel> base =
        tuned == null ? SimulatedBaseModel.find(name) : Optional.of(tuned.base());
    if (base.isEmpty() || base.get().kind() == SimulatedBaseModel.Kind.EMBEDDING) {
      throw ModelRoutes.missing(name);
    }
    return base.get();
  }

  private ChatAnswer answer(ChatQuestion question, @Nullable TunedModel tuned) {
    Function<ChatQuestion, ChatAnswer> answering = state.settings.answering;
    if (answering != null) {
      return answering.apply(question);
    }
    return ChatAnswer.text(
        tuned == null
            ? "This is a simulated base model. It was not tuned and knows nothing."
            : tuned.memory().to(question.prompt()));
  }

  private static ChatQuestion question(String model, JsonObject body)
      throws ErrorResponseException {
    List<ChatQuestion.Turn> turns = new ArrayList<>();
    for (JsonObject message : body.objects("messages")) {
      String role = message.findString("role").orElse("");
      turns.add(new ChatQuestion.Turn(role, ChatMessageCheck.text(message)));
    }
    if (turns.isEmpty()) {
      throw OpenAiErrors.invalid(
          "messages", "missing_required_parameter", "Missing required parameter: 'messages'.");
    }
    List<String> tools =
        body.objects("tools").stream()
            .map(tool -> tool.findObject("function").orElse(JsonObject.of(Map.of())))
            .map(function -> function.findString("name").orElse(""))
            .toList();
    return new ChatQuestion(model, turns, tools, body.toString());
  }
}
