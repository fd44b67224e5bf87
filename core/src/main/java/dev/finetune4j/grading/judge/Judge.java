package dev.finetune4j.grading.judge;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.grading.Grade;
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
 * Asks a model for a verdict, a number or a label, and asks again if the answer holds none.
 * Immutable; thread-safe if the model is.
 */
public final class Judge {
  private static final int ATTEMPTS = 3;
  private static final String RESULT = "result";
  private static final String REASON = "reason";
  private static final Message FORM =
      Message.system(
          "Answer with one JSON object: {\"reason\": why, in a sentence, \"result\": your"
              + " verdict}.");

  private final String name;
  private final ChatModel model;
  private final VerdictKind kind;
  private final Map<String, Object> sampling;
  private final JudgeTally tally;

  private Judge(
      String name,
      ChatModel model,
      VerdictKind kind,
      Map<String, Object> sampling,
      JudgeTally tally) {
    this.name = name;
    this.model = model;
    this.kind = kind;
    this.sampling = sampling;
    this.tally = tally;
  }

  /**
   * Returns a judge that gives a number. Numbers outside the range are returned as they are.
   *
   * @param name appears in messages
   */
  public static Judge scoring(String name, ChatModel model, double minimum, double maximum) {
    return new Judge(name, model, VerdictKind.number(minimum, maximum), Map.of(), new JudgeTally());
  }

  /**
   * Returns a judge that chooses one of {@code labels}.
   *
   * @param name appears in messages
   */
  public static Judge choosing(String name, ChatModel model, List<String> labels) {
    return new Judge(name, model, VerdictKind.oneOf(labels), Map.of(), new JudgeTally());
  }

  /** Returns this judge with sampling options under the names of the service. */
  public Judge sampling(Map<String, Object> options) {
    return new Judge(name, model, kind, Map.copyOf(options), tally);
  }

  /** Returns this judge with its verdicts, refusals and tokens counted in {@code counter}. */
  public Judge counting(JudgeTally counter) {
    return new Judge(name, model, kind, sampling, counter);
  }

  /**
   * A verdict.
   *
   * @param result a {@link String} label or a {@link Number}
   * @param reason the model's explanation
   */
  public record Verdict(Object result, Optional<String> reason) {}

  /**
   * Returns the model's verdict. Sends one request, and up to three if answers hold no verdict.
   *
   * @throws IllegalStateException if no answer held a verdict or the model refused
   */
  public Verdict verdict(List<Message> messages) {
    ChatRequest request = request(messages);
    String last = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ChatResponse response = model.chat(request);
      failIfRefused(response);
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
            + Grade.excerpt(last));
  }

  private void failIfRefused(ChatResponse response) {
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
          "The judge of \"" + name + "\" refused: " + Grade.excerpt(refusal.get()));
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
  private record VerdictKind(@Nullable List<String> labels, String words) {

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
