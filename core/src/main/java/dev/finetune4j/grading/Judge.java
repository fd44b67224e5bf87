package dev.finetune4j.grading;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for a verdict in JSON, again where the answer is none. Thread-safe if the model is.
 */
final class Judge {
  private static final int ATTEMPTS = 3;
  private static final String RESULT = "result";
  private static final String REASON = "reason";

  private final String name;
  private final ChatModel model;
  private final List<Message> messages;
  private final Map<String, Object> sampling;
  private final String schema;

  /**
   * Makes a judge.
   *
   * @param result the JSON Schema of the verdict itself
   */
  Judge(
      String name,
      ChatModel model,
      List<Message> messages,
      Map<String, Object> sampling,
      JsonObject result) {
    this.name = name;
    this.model = model;
    this.messages = messages;
    this.sampling = sampling;
    JsonObject members =
        JsonObject.empty()
            .put(REASON, JsonObject.empty().put("type", "string"))
            .put(RESULT, result);
    schema =
        Json.write(
            JsonObject.empty()
                .put("type", "object")
                .put("properties", members)
                .put("required", List.of(REASON, RESULT))
                .put("additionalProperties", false)
                .asMap());
  }

  /**
   * What the model found.
   *
   * @param result the verdict, text or number
   * @param reason why, in its words
   */
  record Verdict(Object result, Optional<String> reason) {}

  /**
   * Returns what the model finds. One request, up to three where its answers are no verdict.
   *
   * @throws IllegalStateException if no answer was a verdict, or the model refused
   */
  Verdict verdict(PromptExample example, String answer) {
    ChatRequest request = request(example, answer);
    String last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ChatResponse response = model.chat(request);
      Optional<String> refusal =
          response.message().content().stream()
              .filter(ContentPart.Refusal.class::isInstance)
              .map(ContentPart::text)
              .findFirst();
      if (refusal.isPresent()) {
        throw new IllegalStateException(
            "The judge of \"" + name + "\" refused: " + TextGrades.shown(refusal.get()));
      }
      last = response.text();
      Verdict verdict = read(last);
      if (verdict != null) {
        return verdict;
      }
    }
    throw new IllegalStateException(
        "The judge of \""
            + name
            + "\" gave no verdict in "
            + ATTEMPTS
            + " answers; the last was: "
            + TextGrades.shown(last));
  }

  private ChatRequest request(PromptExample example, String answer) {
    List<Message> filled = new ArrayList<>();
    filled.add(
        Message.system(
            "Answer with one JSON object: {\"reason\": why, in a sentence, \"result\": your"
                + " verdict}."));
    for (Message message : messages) {
      filled.add(Message.of(message.role(), Template.fill(message.text(), example, answer)));
    }
    ChatRequest.Builder request = ChatRequest.builder(filled).answerSchemaJson(schema);
    sampling.forEach(request::providerOption);
    return request.build();
  }

  /** Takes the JSON out of the answer, also where a model put words or a fence around it. */
  private static @Nullable Verdict read(String text) {
    int start = text.indexOf('{');
    int end = text.lastIndexOf('}');
    if (start < 0 || end < start) {
      return null;
    }
    try {
      JsonObject json = Json.parseObject(text.substring(start, end + 1));
      Object result = json.asMap().get(RESULT);
      return result == null ? null : new Verdict(result, json.findString(REASON));
    } catch (JsonSyntaxException noVerdict) {
      return null;
    }
  }
}
