package dev.finetune4j.grading.judge;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.grading.Extraction;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.FinishReason;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for a verdict, a number or a label, and asks again if the answer holds none.
 * Immutable; thread-safe if the model is.
 */
public final class Judge {
  private static final int ATTEMPTS = 3;
  private static final String RESULT = "result";
  private static final String REASON = "reason";
  private static final Extraction THINKING = Extraction.withoutThinking();
  private static final Pattern MARKS = Pattern.compile("^[\\s*_`\"'\\[(]+|[\\s*_`\"'\\]).!]+$");
  private static final Pattern SCORE =
      Pattern.compile(
          "([-+]?\\d{1,9}(?:\\.\\d+|,\\d{1,2})?)(?:\\s*(?:/|out of|of)\\s*(\\d{1,9}))?");
  private static final Pattern REMARK =
      Pattern.compile("[*_`\"']*\\s*(?:[(:,.;!<\u2013\u2014]|- )");
  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final List<String> OTHER_RESULTS =
      List.of("verdict", "score", "grade", "label", "rating");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)^\\W*(?:(?:the |final |my |overall )*"
              + "(?:result|verdict|score|grade|label|rating|answer|judge?ment)"
              + "\\W*(?:\\bis\\b)?\\s*[:=]?"
              + "|I(?:'d| would)? (?:give|rate|score) (?:it|this|the answer)(?: an?)?)\\s*(.+)$");
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
      tally.add(
          verdict != null ? JudgeTally.Kind.VERDICT : JudgeTally.Kind.UNUSABLE, response.usage());
      if (verdict != null) {
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

  /**
   * Finds the verdict: the last fitting {@code result} of a JSON object outside of thinking, or
   * else a line such as {@code Verdict: pass}, or a last or first line that is or starts with a
   * verdict, such as {@code Fail: wrong year}, or else a member such as {@code score}.
   */
  private @Nullable Verdict read(String answer) {
    String text = THINKING.from(answer).orElse("");
    List<JsonObject> objects = Extraction.jsonObjects(text);
    Verdict found = lastOf(objects, List.of(RESULT));
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    for (int i = lines.size() - 1; i >= 0 && found == null; i--) {
      Matcher named = NAMED.matcher(lines.get(i));
      Object fitting =
          named.find()
              ? kind.fitting(named.group(1))
              : i == lines.size() - 1 || i == 0 ? kind.fitting(lines.get(i)) : null;
      found = fitting == null ? null : new Verdict(fitting, Optional.of(text.strip()));
    }
    return found == null ? lastOf(objects, OTHER_RESULTS) : found;
  }

  private @Nullable Verdict lastOf(List<JsonObject> objects, List<String> names) {
    Verdict found = null;
    for (JsonObject json : objects) {
      for (String name : names) {
        Object result = json.asMap().get(name);
        Object fitting = result == null ? null : kind.fitting(result);
        found = fitting == null ? found : new Verdict(fitting, json.findString(REASON));
      }
    }
    return found;
  }

  /**
   * The verdicts that a judge may give: numbers or labels. Immutable and thread-safe.
   *
   * @param labels the labels; null where the verdict is a number
   * @param maximum the highest number
   * @param words what is allowed, for the schema and for messages
   */
  private record VerdictKind(@Nullable List<String> labels, double maximum, String words) {

    static VerdictKind number(double minimum, double maximum) {
      return new VerdictKind(null, maximum, "from " + minimum + " to " + maximum);
    }

    static VerdictKind oneOf(List<String> labels) {
      return new VerdictKind(List.copyOf(labels), 0, "one of " + labels);
    }

    /**
     * Returns the verdict as one of the labels or as a number, whatever its case and the marks
     * around it; null if it is neither. Numbers out of range are returned as they are.
     */
    @Nullable Object fitting(Object verdict) {
      String word = MARKS.matcher(String.valueOf(verdict)).replaceAll("").strip();
      if (labels != null) {
        List<String> exact = labels.stream().filter(verdict::equals).toList();
        List<String> same =
            exact.isEmpty()
                ? labels.stream().filter(label -> label.strip().equalsIgnoreCase(word)).toList()
                : exact;
        same =
            same.isEmpty() ? labels.stream().filter(label -> starts(word, label)).toList() : same;
        return same.size() == 1 ? same.get(0) : null;
      } else if (verdict instanceof Number number) {
        return Double.isFinite(number.doubleValue()) ? number : null;
      }
      Matcher score = SCORE.matcher(word);
      if (!score.matches()) {
        int spelled = NUMBERS.indexOf(word.toLowerCase(Locale.ROOT));
        return spelled < 0 ? null : (double) spelled;
      }
      String of = score.group(2);
      return of == null || Double.parseDouble(of) == maximum
          ? Double.valueOf(score.group(1).replace(',', '.'))
          : null;
    }

    /** Returns whether a text is the label followed by a remark: "pass (with flaws)". */
    private static boolean starts(String text, String label) {
      return text.regionMatches(true, 0, label.strip(), 0, label.strip().length())
          && REMARK.matcher(text.substring(label.strip().length())).lookingAt();
    }

    /** Returns the JSON Schema of the verdict. */
    JsonObject schema() {
      return labels == null
          ? JsonObject.empty().put("type", "number").put("description", words)
          : JsonObject.empty().put("type", "string").put("enum", labels);
    }
  }
}
