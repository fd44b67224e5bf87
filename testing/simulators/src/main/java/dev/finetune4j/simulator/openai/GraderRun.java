package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grades one sample. String checks, fuzzy matches and model scores are computed; Python runs only
 * as the function that the test gives; formulas and the other similarities are refused.
 */
final class GraderRun {
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "string_check", List.of("name", "input", "reference", "operation"),
          "text_similarity", List.of("name", "input", "reference", "evaluation_metric"),
          "score_model", List.of("name", "model", "input"),
          "python", List.of("name", "source"),
          "multi", List.of("name", "graders", "calculate_output"));
  private static final Set<String> OPERATIONS = Set.of("eq", "ne", "like", "ilike");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private final Settings settings;
  private final ChatService chat;

  GraderRun(Settings settings, ChatService chat) {
    this.settings = settings;
    this.chat = chat;
  }

  static void check(JsonObject grader) throws ErrorResponseException {
    String type = grader.findString("type").orElse("");
    List<String> required = REQUIRED.get(type);
    if (required == null) {
      throw invalid(
          "type", "'" + type + "' is not one of " + REQUIRED.keySet().stream().sorted().toList());
    }
    for (String member : required) {
      if (!grader.has(member)) {
        throw invalid(member, "A grader of type " + type + " needs '" + member + "'.");
      }
    }
    if (type.equals("string_check")
        && !OPERATIONS.contains(grader.findString("operation").orElse(""))) {
      throw invalid(
          "operation", "The operation is one of " + OPERATIONS.stream().sorted().toList());
    }
  }

  double reward(JsonObject grader, GradedSample sample) throws ErrorResponseException {
    return switch (grader.requireString("type")) {
      case "string_check" -> stringCheck(grader, sample);
      case "text_similarity" -> similarity(grader, sample);
      case "score_model" -> score(grader, sample);
      case "python" -> python(sample);
      default -> throw invalid("type", "The simulator does not run this type of grader.");
    };
  }

  private static double stringCheck(JsonObject grader, GradedSample sample) {
    String input = sample.fill(grader.requireString("input"));
    String reference = sample.fill(grader.requireString("reference"));
    boolean holds =
        switch (grader.requireString("operation")) {
          case "eq" -> input.equals(reference);
          case "ne" -> !input.equals(reference);
          case "like" -> input.contains(reference);
          default -> input.toLowerCase(Locale.ROOT).contains(reference.toLowerCase(Locale.ROOT));
        };
    return holds ? 1 : 0;
  }

  private static double similarity(JsonObject grader, GradedSample sample)
      throws ErrorResponseException {
    if (!grader.requireString("evaluation_metric").equals("fuzzy_match")) {
      throw invalid("evaluation_metric", "The simulator computes 'fuzzy_match' only.");
    }
    String input = sample.fill(grader.requireString("input"));
    String reference = sample.fill(grader.requireString("reference"));
    int longest = Math.max(input.length(), reference.length());
    return longest == 0 ? 1 : 1 - (double) distance(input, reference) / longest;
  }

  private double score(JsonObject grader, GradedSample sample) throws ErrorResponseException {
    List<Object> messages = new ArrayList<>();
    for (JsonObject message : grader.objects("input")) {
      String filled = sample.fill(ChatMessageCheck.text(message));
      messages.add(Map.of("role", message.requireString("role"), "content", filled));
    }
    JsonObject question =
        JsonObject.empty().put("model", grader.requireString("model")).put("messages", messages);
    JsonObject message = chat.complete(question).objects("choices").get(0).requireObject("message");
    Matcher number = NUMBER.matcher(message.findString("content").orElse(""));
    if (!number.find()) {
      throw invalid("model", "The grading model did not answer with a number.");
    }
    return Double.parseDouble(number.group());
  }

  private double python(GradedSample sample) throws ErrorResponseException {
    if (settings.pythonGrader == null) {
      throw invalid("type", "The simulator runs no Python; give it a function to use instead.");
    }
    return settings.pythonGrader.applyAsDouble(sample.item().toString(), sample.output());
  }

  private static int distance(String first, String second) {
    int[] row = new int[second.length() + 1];
    for (int j = 0; j <= second.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= first.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= second.length(); j++) {
        int above = row[j];
        int change = first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[second.length()];
  }

  private static ErrorResponseException invalid(String member, String message) {
    return OpenAiErrors.invalid("grader." + member, "invalid_grader", message);
  }
}
