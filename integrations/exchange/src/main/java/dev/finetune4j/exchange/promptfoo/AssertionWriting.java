package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.chat.Message;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes graders that are data as promptfoo's assertions. Not thread-safe. */
final class AssertionWriting {
  private static final Pattern MEMBER_OF_ANSWER =
      Pattern.compile("\\{\\{\\s*sample\\.output_json((?:\\.[\\w]+)*)\\s*}}");
  private static final Pattern ANSWER = Pattern.compile("\\{\\{\\s*sample\\.output_text\\s*}}");
  private final Findings findings;

  AssertionWriting(Findings findings) {
    this.findings = findings;
  }

  /** Returns the assertion, empty with a finding where promptfoo has none of that meaning. */
  Optional<JsonObject> write(GraderSpec grader) {
    if (grader instanceof GraderSpec.StringCheck check) {
      return compared(grader, check.input(), check.reference(), word(check.operation()));
    } else if (grader instanceof GraderSpec.TextSimilarity similarity) {
      return similarity(similarity);
    } else if (grader instanceof GraderSpec.LabelModel label) {
      String form =
          "Choose one label of "
              + label.labels()
              + ". \"pass\" is true for "
              + label.passingLabels()
              + " and false for the others; \"score\" is then 1 or 0.";
      return Optional.of(judged(grader, label.judge(), label.messages(), form));
    } else if (grader instanceof GraderSpec.ScoreModel score) {
      String form =
          "\"score\" is your score, turned from the range "
              + score.minimum()
              + " to "
              + score.maximum()
              + " into the range 0 to 1; \"pass\" is true.";
      double threshold = score.passThreshold().orElse(score.maximum());
      double share = (threshold - score.minimum()) / (score.maximum() - score.minimum());
      return Optional.of(
          judged(grader, score.judge(), score.messages(), form).put("threshold", share));
    } else if (grader instanceof GraderSpec.PythonCode code) {
      return Optional.of(python(code));
    } else if (grader instanceof GraderSpec.Multi multi) {
      return several(multi);
    }
    return refused(grader, "promptfoo has no assertion for this kind of grader");
  }

  private Optional<JsonObject> similarity(GraderSpec.TextSimilarity similarity) {
    TextMetric metric = similarity.metric();
    String word =
        switch (metric) {
          case BLEU -> "bleu";
          case GLEU -> "gleu";
          case METEOR -> "meteor";
          case ROUGE_1 -> "rouge-n";
          case COSINE -> "similar";
          default -> "";
        };
    if (word.isEmpty()) {
      return refused(similarity, "promptfoo does not measure " + metric.word());
    }
    findings.note(
        "figures-differ",
        "grader \"" + similarity.name() + "\"",
        "promptfoo works out \"" + word + "\" in a way of its own.",
        "Look at the answers near the threshold.");
    return compared(similarity, similarity.input(), similarity.reference(), word)
        .map(json -> json.put("threshold", similarity.passThreshold().orElse(1)));
  }

  private Optional<JsonObject> compared(
      GraderSpec grader, String input, String reference, String word) {
    if (reference.contains("sample.")) {
      return refused(grader, "its reference holds the answer itself");
    }
    JsonObject assertion =
        JsonObject.empty().put("type", word).put("metric", grader.name()).put("value", reference);
    Matcher member = MEMBER_OF_ANSWER.matcher(input);
    if (member.matches()) {
      return Optional.of(assertion.put("transform", "JSON.parse(output)" + member.group(1)));
    }
    return ANSWER.matcher(input).matches()
        ? Optional.of(assertion)
        : refused(grader, "its input is more than the answer");
  }

  private static JsonObject judged(
      GraderSpec grader, String judge, List<Message> messages, String form) {
    List<Object> asked = new ArrayList<>();
    for (Message message : messages) {
      String text = ANSWER.matcher(message.text()).replaceAll("{{output}}");
      asked.add(JsonObject.empty().put("role", message.role().word()).put("content", text).asMap());
    }
    String answer =
        "Answer with one JSON object: {\"reason\": why, \"pass\": true or false, \"score\": a"
            + " number}. ";
    asked.add(JsonObject.empty().put("role", "system").put("content", answer + form).asMap());
    return JsonObject.empty()
        .put("type", "llm-rubric")
        .put("metric", grader.name())
        .put("value", "See the messages.")
        .put("rubricPrompt", Json.write(asked))
        .put("provider", judge.contains(":") ? judge : "openai:chat:" + judge);
  }

  private static JsonObject python(GraderSpec.PythonCode code) {
    String call =
        "\nreturn float(grade({\"output_text\": output}, context[\"vars\"].get(\"item\", {})))\n";
    return JsonObject.empty()
        .put("type", "python")
        .put("metric", code.name())
        .put("value", code.source() + call);
  }

  /** A formula that is a weighted mean is a set of assertions; no other formula can be said. */
  private Optional<JsonObject> several(GraderSpec.Multi multi) {
    Optional<Map<String, Double>> weights = WeightedSum.parse(multi.formula());
    boolean mean =
        weights.isPresent()
            && multi.graders().keySet().equals(weights.get().keySet())
            && Math.abs(weights.get().values().stream().mapToDouble(w -> w).sum() - 1) < 1e-9;
    if (!mean) {
      return refused(multi, "its formula \"" + multi.formula() + "\" is not a weighted mean");
    }
    List<Object> parts = new ArrayList<>();
    for (Map.Entry<String, GraderSpec> part : multi.graders().entrySet()) {
      Optional<JsonObject> written = write(part.getValue());
      if (written.isEmpty()) {
        return Optional.empty();
      }
      parts.add(written.get().put("weight", weights.get().get(part.getKey())).asMap());
    }
    return Optional.of(
        JsonObject.empty()
            .put("type", "assert-set")
            .put("metric", multi.name())
            .put("threshold", 1)
            .put("assert", parts));
  }

  private Optional<JsonObject> refused(GraderSpec grader, String why) {
    findings.warning(
        "grader-not-exported",
        "grader \"" + grader.name() + "\"",
        "It is not exported: " + why + ".",
        "Write a javascript or python assertion by hand.");
    return Optional.empty();
  }

  private static String word(StringOperation operation) {
    return switch (operation) {
      case EQUAL -> "equals";
      case NOT_EQUAL -> "not-equals";
      case CONTAINS -> "contains";
      case CONTAINS_IGNORING_CASE -> "icontains";
    };
  }
}
