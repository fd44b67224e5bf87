package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.evaluation.agreement.LabelledAnswer;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.support.LabelledReplies;
import dev.finetune4j.examples.support.StandInJudge;
import dev.finetune4j.grading.judge.JudgeTally;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.TextMetric;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.openai.OpenAiProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Compares graders with a person before their grades are trusted: a judge and two measures of text
 * on answers that a person graded. Needs no account and no network, unless a real judge is named.
 */
public final class CalibrateJudge {
  private static final String HELP =
      """
      CalibrateJudge: shows how far graders agree with a person on 24 answers.

        --judge MODEL   asks this model of OpenAI with OPENAI_API_KEY: 24 short requests, which
                        cost money (default: a simple comparison of words)
        --help          this text
      """;
  private static final String QUESTION =
      """
      Is the reply right? It is if it says the same as the reference and nothing against it.
      Question: {{item.question}}
      Reference: {{item.answer}}
      Reply: {{sample.output_text}}
      """;

  private CalibrateJudge() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments = ExampleArguments.parse(args, "--judge");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    if (arguments.find("--judge").isEmpty()) {
      System.out.println("This judge only compares words; --judge MODEL asks a real model.");
    }
    JudgeTally tally = new JudgeTally();
    Map<String, JudgeCalibration> calibrations =
        run(judge(arguments.find("--judge").orElse("")), tally);
    calibrations.forEach(CalibrateJudge::print);
    JudgeTally.Counts counts = tally.counts();
    System.out.printf(
        "%nThe judge was asked %d times: %d verdicts, %d unusable answers, %d refusals, %d"
            + " tokens.%n",
        counts.requests(),
        counts.verdicts(),
        counts.unusable(),
        counts.refusals(),
        counts.usage().total());
  }

  /** Returns how each grader agrees with the person. */
  static Map<String, JudgeCalibration> run(ChatModel judge, JudgeTally tally) {
    LocalGraders graders = LocalGraders.withJudges(name -> judge).counting(tally);
    List<GraderSpec> specs =
        List.of(
            GraderSpec.exactMatch("exact match", "answer"),
            new GraderSpec.TextSimilarity(
                "METEOR from 0.5 on",
                GraderSpec.ANSWER_TEXT,
                GraderSpec.item("answer"),
                TextMetric.METEOR,
                OptionalDouble.of(0.5)),
            new GraderSpec.LabelModel(
                "judge",
                "judge",
                List.of(Message.user(QUESTION)),
                List.of("right", "wrong"),
                List.of("right")));
    List<LabelledAnswer> labelled = LabelledReplies.all();
    Map<String, JudgeCalibration> calibrations = new LinkedHashMap<>();
    specs.forEach(
        spec -> calibrations.put(spec.name(), JudgeCalibration.of(graders.of(spec), labelled)));
    return calibrations;
  }

  private static ChatModel judge(String model) {
    return model.isEmpty()
        ? new StandInJudge()
        : OpenAiProvider.fromEnvironment()
            .requireChatModel(new ModelReference(OpenAiProvider.ID, model));
  }

  private static void print(String name, JudgeCalibration calibration) {
    System.out.printf("%n%s%n  %s%n", name, calibration.summary());
    System.out.println(
        calibration.isSubstantial()
            ? "  Its grades may stand for the person's."
            : "  Its grades may not stand for the person's.");
    for (JudgeCalibration.Case each : calibration.disagreements()) {
      String said = each.judged() == null ? "no grade" : each.judged().passed() ? "right" : "wrong";
      System.out.printf(
          "  person %s, grader %s: %s%n",
          each.labelled().grade().passed() ? "right" : "wrong", said, each.labelled().answer());
    }
  }
}
