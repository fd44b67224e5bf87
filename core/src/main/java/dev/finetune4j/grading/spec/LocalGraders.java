package dev.finetune4j.grading.spec;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.AnswerGrader;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.SampledAnswer;
import dev.finetune4j.grading.judge.Judge;
import dev.finetune4j.grading.judge.JudgeTally;
import dev.finetune4j.grading.text.TextScore;
import dev.finetune4j.grading.text.TextScores;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.EmbeddingModel;
import dev.finetune4j.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs graders that are data on this machine, with the same meaning as at the service, so that one
 * definition serves both evaluation and reinforcement training. Immutable; thread-safe if the
 * judges are.
 *
 * <pre>{@code
 * Grader grader = LocalGraders.withoutJudges().of(GraderSpecJson.read(json));
 * Evaluation.on(test, grader).run("tuned", model)
 * }</pre>
 *
 * <p>METEOR is measured without its stage of synonyms, which needs WordNet: its scores are those of
 * the service or a little lower.
 *
 * <p>Where a grader has a range but no threshold, only its highest score passes.
 */
public final class LocalGraders {
  private final Function<String, ChatModel> judges;
  private final @Nullable EmbeddingModel embeddings;
  private final JudgeTally tally;

  private LocalGraders(
      Function<String, ChatModel> judges, @Nullable EmbeddingModel embeddings, JudgeTally tally) {
    this.judges = Objects.requireNonNull(judges, "judges");
    this.embeddings = embeddings;
    this.tally = Objects.requireNonNull(tally, "tally");
  }

  /** Runs what needs no model. */
  public static LocalGraders withoutJudges() {
    return withJudges(
        name -> {
          throw new IllegalArgumentException(
              "The grader needs the judge \"" + name + "\": pass judges to withJudges.");
        });
  }

  /**
   * Runs graders that ask a model too.
   *
   * @param judges gives the model of a name; each grade asks it once, up to three times where its
   *     answer is no verdict
   */
  public static LocalGraders withJudges(Function<String, ChatModel> judges) {
    return new LocalGraders(judges, null, new JudgeTally());
  }

  /** Returns these, also with the metric cosine: each grade takes one request of {@code model}. */
  public LocalGraders withEmbeddings(EmbeddingModel model) {
    return new LocalGraders(judges, Objects.requireNonNull(model, "model"), tally);
  }

  /** Returns these with their judges' verdicts, refusals and tokens counted in {@code counter}. */
  public LocalGraders counting(JudgeTally counter) {
    return new LocalGraders(judges, embeddings, counter);
  }

  /**
   * Returns the grader. No I/O.
   *
   * @throws IllegalArgumentException if this machine cannot run it: code, an endpoint, an unknown
   *     kind, or a formula that is invalid or names unknown graders
   */
  public Grader of(GraderSpec spec) {
    // Canonical, because the order of a map's members may differ in the next process.
    String version = Json.writeCanonical(Json.parseObject(GraderSpecJson.write(spec)).asMap());
    return grader(spec).named(spec.name()).withVersion(version);
  }

  private Grader grader(GraderSpec spec) {
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
            + "\" runs only at the service; write it as a Grader in Java.");
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
                      + Grade.excerpt(input)
                      + "\" "
                      + check.operation().word()
                      + " \""
                      + Grade.excerpt(reference)
                      + "\" does not hold.");
        });
  }

  private Grader textSimilarity(GraderSpec.TextSimilarity similarity) {
    TextScore score = score(similarity.metric());
    return filled(
        similarity.input(),
        similarity.reference(),
        (input, reference) ->
            Grade.of(
                score.of(input, reference),
                similarity.passThreshold().orElseGet(() -> highest(score, reference))));
  }

  /** Returns the score of the reference itself: below 1 by METEOR and, of short texts, others. */
  private static double highest(TextScore score, String reference) {
    double own = score.of(reference, reference);
    return own > 0 ? own : 1;
  }

  private TextScore score(TextMetric metric) {
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
      case METEOR -> TextScores.meteor();
      case COSINE -> TextScores.cosine(requireEmbeddings());
    };
  }

  private EmbeddingModel requireEmbeddings() {
    if (embeddings == null) {
      throw new IllegalArgumentException(
          "The metric cosine needs embeddings: pass a model to withEmbeddings.");
    }
    return embeddings;
  }

  private Grader scoreModel(GraderSpec.ScoreModel spec) {
    Judge judge =
        Judge.scoring(spec.name(), judges.apply(spec.judge()), spec.minimum(), spec.maximum())
            .sampling(spec.sampling())
            .counting(tally);
    double threshold = spec.passThreshold().orElse(spec.maximum());
    return answerGrader(
        (example, answer) -> {
          Judge.Verdict verdict = judge.verdict(filled(spec.messages(), example, answer));
          double given = ((Number) verdict.result()).doubleValue();
          double score = Math.max(spec.minimum(), Math.min(spec.maximum(), given));
          return new Grade(score, score >= threshold, verdict.reason());
        });
  }

  private Grader labelModel(GraderSpec.LabelModel spec) {
    Judge judge =
        Judge.choosing(spec.name(), judges.apply(spec.judge()), spec.labels()).counting(tally);
    return answerGrader(
        (example, answer) -> {
          Judge.Verdict verdict = judge.verdict(filled(spec.messages(), example, answer));
          boolean passed = spec.passingLabels().contains(String.valueOf(verdict.result()));
          String why = verdict.result() + verdict.reason().map(reason -> ": " + reason).orElse("");
          return new Grade(passed ? 1 : 0, passed, Optional.of(why));
        });
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
              + ", but its graders are "
              + parts.keySet()
              + ".");
    }
    return answerGrader(
        (example, answer) -> {
          Map<String, Double> scores = new LinkedHashMap<>();
          parts.forEach((name, part) -> scores.put(name, part.grade(example, answer).score()));
          double score = formula.value(scores);
          if (!Double.isFinite(score)) {
            throw new IllegalStateException(
                "The formula of \"" + spec.name() + "\" gives " + score + " for " + scores + ".");
          }
          return new Grade(score, score >= 1, Optional.of(scores.toString()));
        });
  }

  @FunctionalInterface
  private interface Comparison {
    Grade of(String input, String reference);
  }

  private static Grader filled(String input, String reference, Comparison comparison) {
    return answerGrader(
        (example, answer) -> {
          try {
            return comparison.of(
                Template.fill(input, example, answer), Template.fill(reference, example, answer));
          } catch (Template.NotJson e) {
            return Grade.fail("The answer is not the expected JSON: " + e.getMessage());
          }
        });
  }

  private static List<Message> filled(
      List<Message> messages, PromptExample example, SampledAnswer answer) {
    return messages.stream()
        .map(each -> Message.of(each.role(), Template.fill(each.text(), example, answer)))
        .toList();
  }

  private static Grader answerGrader(AnswerGrader grader) {
    return grader;
  }
}
