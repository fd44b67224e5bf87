package dev.finetune4j.grading;

import dev.finetune4j.grading.text.TextScore;
import dev.finetune4j.grading.text.TextScores;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.internal.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Runs graders that are data on this machine, with the meaning that they have at the service: so
 * one definition serves evaluation and reinforcement training. Immutable; thread-safe if the judges
 * are.
 *
 * <pre>{@code
 * Grader grader = LocalGraders.withoutJudges().of(GraderSpecJson.read(json));
 * Evaluation.builder(test).grader("near enough", grader)
 * }</pre>
 *
 * <p>Where a grader has a range but no threshold, only its highest score passes.
 */
public final class LocalGraders {
  private final Function<String, ChatModel> judges;

  private LocalGraders(Function<String, ChatModel> judges) {
    this.judges = judges;
  }

  /** Runs what needs no model. */
  public static LocalGraders withoutJudges() {
    return new LocalGraders(
        name -> {
          throw new IllegalArgumentException(
              "The grader asks the judge \"" + name + "\": give the judges with withJudges.");
        });
  }

  /**
   * Runs graders that ask a model too.
   *
   * @param judges gives the model of a name; each grade asks it once, up to three times where its
   *     answer is no verdict
   */
  public static LocalGraders withJudges(Function<String, ChatModel> judges) {
    return new LocalGraders(Objects.requireNonNull(judges, "judges"));
  }

  /**
   * Returns the grader. No I/O.
   *
   * @throws IllegalArgumentException if this machine cannot run it: code, an endpoint, an unknown
   *     kind, a formula that is none, or one that names parts that are not there
   */
  public Grader of(GraderSpec spec) {
    if (spec instanceof GraderSpec.StringCheck check) {
      return stringCheck(check);
    } else if (spec instanceof GraderSpec.TextSimilarity similarity) {
      return textSimilarity(similarity);
    } else if (spec instanceof GraderSpec.ScoreModel score) {
      return scoreModel(score);
    } else if (spec instanceof GraderSpec.LabelModel label) {
      return labelModel(label);
    } else if (spec instanceof GraderSpec.Multi multi) {
      return multi(multi);
    }
    throw new IllegalArgumentException(
        "The grader \""
            + spec.name()
            + "\" runs at the service only; write it as a Grader in Java.");
  }

  private static Grader stringCheck(GraderSpec.StringCheck check) {
    return filled(
        check.input(),
        check.reference(),
        (input, reference) -> {
          boolean passed =
              switch (check.operation()) {
                case EQUAL -> input.equals(reference);
                case NOT_EQUAL -> !input.equals(reference);
                case CONTAINS -> input.contains(reference);
                case CONTAINS_IGNORING_CASE ->
                    input.toLowerCase(Locale.ROOT).contains(reference.toLowerCase(Locale.ROOT));
              };
          return passed
              ? Grade.pass()
              : Grade.fail(
                  "\""
                      + TextGrades.shown(input)
                      + "\" "
                      + check.operation().word()
                      + " \""
                      + TextGrades.shown(reference)
                      + "\" does not hold.");
        });
  }

  private static Grader textSimilarity(GraderSpec.TextSimilarity similarity) {
    TextScore score = score(similarity.metric());
    double threshold = similarity.passThreshold().orElse(1);
    return filled(
        similarity.input(),
        similarity.reference(),
        (input, reference) -> Grade.of(score.of(input, reference), threshold));
  }

  private static TextScore score(TextMetric metric) {
    return switch (metric) {
      case FUZZY_MATCH -> TextScores.fuzzyMatch();
      case BLEU -> TextScores.bleu();
      case GLEU -> TextScores.gleu();
      case ROUGE_1 -> TextScores.rouge(1);
      case ROUGE_2 -> TextScores.rouge(2);
      case ROUGE_3 -> TextScores.rouge(3);
      case ROUGE_4 -> TextScores.rouge(4);
      case ROUGE_5 -> TextScores.rouge(5);
      case ROUGE_L -> TextScores.rougeL();
      default ->
          throw new IllegalArgumentException(
              "This machine does not measure " + metric.word() + "; take another metric.");
    };
  }

  private Grader scoreModel(GraderSpec.ScoreModel spec) {
    JsonObject number =
        JsonObject.empty()
            .put("type", "number")
            .put(
                "description",
                "from "
                    + Double.toString(spec.minimum())
                    + " to "
                    + Double.toString(spec.maximum()));
    Judge judge =
        new Judge(
            spec.name(), judges.apply(spec.judge()), spec.messages(), spec.sampling(), number);
    OptionalDouble threshold = spec.passThreshold();
    return (example, answer) -> {
      Judge.Verdict verdict = judge.verdict(example, answer);
      if (!(verdict.result() instanceof Number given)) {
        throw new IllegalStateException(
            "The judge of \"" + spec.name() + "\" gave no number: " + verdict.result());
      }
      double score = Math.max(spec.minimum(), Math.min(spec.maximum(), given.doubleValue()));
      return new Grade(score, score >= threshold.orElse(spec.maximum()), verdict.reason());
    };
  }

  private Grader labelModel(GraderSpec.LabelModel spec) {
    JsonObject label = JsonObject.empty().put("type", "string").put("enum", spec.labels());
    Judge judge =
        new Judge(spec.name(), judges.apply(spec.judge()), spec.messages(), Map.of(), label);
    return (example, answer) -> {
      Judge.Verdict verdict = judge.verdict(example, answer);
      if (!spec.labels().contains(verdict.result())) {
        throw new IllegalStateException(
            "The judge of \""
                + spec.name()
                + "\" answered \""
                + verdict.result()
                + "\"; the labels are "
                + spec.labels()
                + ".");
      }
      boolean passed = spec.passingLabels().contains(verdict.result());
      String why = verdict.result() + verdict.reason().map(reason -> ": " + reason).orElse("");
      return new Grade(passed ? 1 : 0, passed, Optional.of(why));
    };
  }

  private Grader multi(GraderSpec.Multi spec) {
    Map<String, Grader> parts = new LinkedHashMap<>();
    spec.graders().forEach((name, part) -> parts.put(name, of(part)));
    Formula formula = Formula.parse(spec.formula());
    List<String> missing =
        formula.names().stream().filter(name -> !parts.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The formula of \""
              + spec.name()
              + "\" names "
              + missing
              + ", and its graders are "
              + parts.keySet()
              + ".");
    }
    return (example, answer) -> {
      Map<String, Double> scores = new LinkedHashMap<>();
      parts.forEach((name, part) -> scores.put(name, part.grade(example, answer).score()));
      double score = formula.value(scores);
      return new Grade(score, score >= 1, Optional.of(scores.toString()));
    };
  }

  @FunctionalInterface
  private interface Comparison {
    Grade of(String input, String reference);
  }

  private static Grader filled(String input, String reference, Comparison comparison) {
    return (example, answer) -> {
      try {
        return comparison.of(
            Template.fill(input, example, answer), Template.fill(reference, example, answer));
      } catch (Template.NotJson e) {
        return Grade.fail("The answer is not the JSON that is asked for: " + e.getMessage());
      }
    };
  }
}
