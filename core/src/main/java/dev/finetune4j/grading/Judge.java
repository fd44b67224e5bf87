package dev.finetune4j.grading;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for a verdict in JSON and retries if the answer is not a verdict. Thread-safe if the
 * model is.
 */
final class Judge {
  private static final int ATTEMPTS = 3;
  private static final String RESULT = "result";
  private static final String REASON = "reason";
  private static final Message FORM =
      Message.system(
          "Answer with one JSON object: {\"reason\": why, in a sentence, \"result\": your"
              + " verdict}.");

  private final String name;
  private final ChatModel model;
  private final Map<String, Object> sampling;
  private final VerdictKind kind;
  private final JudgeTally tally;

  /** Creates a judge with the service's sampling settings. */
  Judge(
      String name,
      ChatModel model,
      Map<String, Object> sampling,
      VerdictKind kind,
      JudgeTally tally) {
    this.name = name;
    this.model = model;
    this.sampling = sampling;
    this.kind = kind;
    this.tally = tally;
  }

  /**
   * What the model found.
   *
   * @param result the verdict, text or number
   * @param reason why, in its words
   */
  record Verdict(Object result, Optional<String> reason) {}

  /**
   * Returns the model's verdict. Sends one request, and up to three if answers are not verdicts.
   *
   * @throws IllegalStateException if no answer was a verdict or the model refused
   */
  Verdict verdict(List<Message> messages) {
    ChatRequest request = request(messages);
    String last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ChatResponse response = model.chat(request);
      refuse(response);
      last = response.text();
      Verdict verdict = read(last);
      boolean fits = verdict != null && kind.accepts(verdict.result());
      tally.add(fits ? JudgeTally.Kind.VERDICT : JudgeTally.Kind.UNUSABLE, response.usage());
      if (verdict != null && fits) {
        return verdict;
      }
    }
    throw new IllegalStateException(
        "The judge of \""
            + name
            + "\" gave no verdict ("
            + kind.words()
            + ") in "
            + ATTEMPTS
            + " answers; the last was: "
            + TextGrades.shown(last));
  }

  private void refuse(ChatResponse response) {
    Optional<String> refusal =
        response.message().content().stream()
            .filter(ContentPart.Refusal.class::isInstance)
            .map(ContentPart::text)
            .findFirst();
    if (refusal.isEmpty() && response.finishReason() == FinishReason.CONTENT_FILTER) {
      refusal = Optional.of("the provider's filter withheld the answer");
    }
    if (refusal.isPresent()) {
      tally.add(JudgeTally.Kind.REFUSAL, response.usage());
      throw new IllegalStateException(
          "The judge of \"" + name + "\" refused: " + TextGrades.shown(refusal.get()));
    }
  }

  private ChatRequest request(List<Message> messages) {
    List<Message> all = new ArrayList<>();
    all.add(FORM);
    all.addAll(messages);
    ChatRequest.Builder request = ChatRequest.builder(all).answerSchemaJson(schema());
    sampling.forEach(request::providerOption);
    return request.build();
  }

  private String schema() {
    JsonObject members =
        JsonObject.empty()
            .put(REASON, JsonObject.empty().put("type", "string"))
            .put(RESULT, kind.schema());
    return Json.write(
        JsonObject.empty()
            .put("type", "object")
            .put("properties", members)
            .put("required", List.of(REASON, RESULT))
            .put("additionalProperties", false)
            .asMap());
  }

  /** Extracts the JSON from the answer, even if the model put words or a fence around it. */
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

  /**
   * The verdicts that a judge may give: numbers or labels. Immutable and thread-safe.
   *
   * @param labels the labels; null where the verdict is a number
   * @param words what is allowed, for the schema and for messages
   */
  record VerdictKind(@Nullable List<String> labels, String words) {

    static VerdictKind number(double minimum, double maximum) {
      return new VerdictKind(null, "from " + minimum + " to " + maximum);
    }

    static VerdictKind oneOf(List<String> labels) {
      return new VerdictKind(List.copyOf(labels), "one of " + labels);
    }

    /**
     * Returns whether {@code verdict} is allowed; numbers out of range are, and are clamped later.
     */
    boolean accepts(Object verdict) {
      return labels == null
          ? verdict instanceof Number number && Double.isFinite(number.doubleValue())
          : labels.contains(verdict);
    }

    /** Returns the JSON Schema of the verdict. */
    JsonObject schema() {
      return labels == null
          ? JsonObject.empty().put("type", "number").put("description", words)
          : JsonObject.empty().put("type", "string").put("enum", labels);
    }
  }
}
