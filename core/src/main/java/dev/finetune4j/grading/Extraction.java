package dev.finetune4j.grading;

import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the part of an answer that is to be graded, such as the JSON in its prose. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Grader invoice = Extraction.withoutThinking().then(Extraction.json()).before(Graders.jsonEquality());
 * }</pre>
 */
public final class Extraction {
  private static final String TAG = "(?:think(?:ing)?|thoughts?|reasoning|reflection|scratchpad)";
  private static final Pattern TAGS = Pattern.compile("(?i)<(/)?" + TAG + ">");
  private static final Pattern FENCE =
      Pattern.compile("(?s)(?:^|\\n)[ \\t]*(```+|~~~+)[^\\n`]*\\n(.*?)(?:\\n[ \\t]*+\\1|\\1|\\z)");
  private static final Pattern INLINE_CODE = Pattern.compile("(?s)`([^`]+)`");

  private static final int MOST_STEPS = 20_000_000;

  private final String what;
  private final String steps;
  private final Function<String, Optional<String>> part;

  private Extraction(String what, Function<String, Optional<String>> part) {
    this(what, what, part);
  }

  private Extraction(String what, String steps, Function<String, Optional<String>> part) {
    this.what = what;
    this.steps = steps;
    this.part = part;
  }

  /**
   * Drops {@code <think>} blocks and those with similar names, also one that is not closed; always
   * finds something.
   */
  public static Extraction withoutThinking() {
    return new Extraction("text outside <think>", text -> Optional.of(outsideThinking(text)));
  }

  private static String outsideThinking(String text) {
    StringBuilder outside = new StringBuilder();
    boolean thinking = false;
    int from = 0;
    Matcher tags = TAGS.matcher(text);
    while (tags.find()) {
      boolean opens = tags.group(1) == null;
      if (opens && !thinking) {
        outside.append(text, from, tags.start());
      } else if (!opens && !thinking) {
        // A template may have opened the block before the answer began.
        outside.setLength(0);
      }
      thinking = opens;
      from = tags.end();
    }
    return (thinking ? outside : outside.append(text, from, text.length())).toString().strip();
  }

  /**
   * Takes the content of the last code fence, also one that is not closed; without a fence, the
   * whole text, without the backticks around it.
   */
  public static Extraction codeFence() {
    return new Extraction(
        "code fence",
        text -> {
          Matcher inline = INLINE_CODE.matcher(text.strip());
          Optional<String> last =
              Optional.of(inline.matches() ? inline.group(1).strip() : text.strip());
          Matcher fences = FENCE.matcher(text);
          while (fences.find()) {
            last = Optional.of(fences.group(2).strip());
          }
          return last;
        });
  }

  /** Takes the last line that is not blank, without marks of emphasis around it. */
  public static Extraction lastLine() {
    return new Extraction(
        "line",
        text ->
            text.lines()
                .map(line -> line.strip().replaceAll("^[*_`]+|[*_`]+$", ""))
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second));
  }

  /** Takes the longest JSON object or array in the text, the last one of equally long ones. */
  public static Extraction json() {
    return new Extraction(
        "JSON",
        text ->
            jsonValues(text).stream()
                .reduce((first, second) -> second.length() >= first.length() ? second : first));
  }

  /**
   * Takes the first group of the last place where {@code pattern} is found, or the whole match if
   * it has no group.
   *
   * @throws java.util.regex.PatternSyntaxException if it is not a pattern
   */
  public static Extraction group(String pattern) {
    LimitedPattern compiled = LimitedPattern.of(pattern);
    return new Extraction("match of the pattern \"" + pattern + "\"", compiled::lastGroup);
  }

  /** Returns this extraction followed by {@code next}. */
  public Extraction then(Extraction next) {
    return new Extraction(
        next.what, steps + " > " + next.steps, text -> part.apply(text).flatMap(next.part));
  }

  /** Returns the part; empty if the answer has none. */
  public Optional<String> from(String answer) {
    return part.apply(answer);
  }

  /**
   * Returns a grader with the name of {@code grader} that gives it only this part, and fails
   * answers without it.
   */
  public Grader before(Grader grader) {
    AnswerGrader extracting =
        (example, answer) ->
            from(answer.text())
                .map(
                    found ->
                        grader.grade(
                            example,
                            new SampledAnswer(
                                ChatResponse.of(found).withUsage(answer.usage()),
                                answer.latency())))
                .orElseGet(() -> Grade.fail("The answer has no " + what + "."));
    return extracting
        .named(grader.name())
        .withVersion("of " + steps + ": " + Graders.identity(grader));
  }

  /** Returns the JSON objects and arrays in a text that are not inside one another. */
  static List<String> jsonValues(String text) {
    List<String> values = new ArrayList<>();
    int from = 0;
    int steps = 0;
    // Without a limit, many brackets that nothing closes would take quadratic time.
    while (from < text.length() && steps < MOST_STEPS) {
      char c = text.charAt(from);
      int end = c == '{' || c == '[' ? end(text, from) : -1;
      steps += c == '{' || c == '[' ? (end > 0 ? end : text.length()) - from : 0;
      if (end > 0 && isJson(text.substring(from, end))) {
        values.add(text.substring(from, end));
        from = end;
      } else {
        from++;
      }
    }
    return values;
  }

  /** Returns the JSON objects in a text, in order; those inside others are not listed. */
  public static List<JsonObject> jsonObjects(String text) {
    return jsonValues(text).stream()
        .filter(value -> value.startsWith("{"))
        .map(Json::parseObject)
        .toList();
  }

  private static boolean isJson(String text) {
    try {
      Json.parse(text);
      return true;
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /** Returns the place after the bracket that closes the one at {@code from}; -1 if none does. */
  private static int end(String text, int from) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!quoted && (c == '}' || c == ']') && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }
}
