package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.evaluation.agreement.LabelledAnswer;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.support.LabelledReplies;
import dev.finetune4j.examples.support.StandInJudge;
import dev.finetune4j.grading.Grader;
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
 * Holds graders against people before their grades are believed: a judge and two measures of text
 * on answers that a person found right or wrong. No account, no network, unless a real judge is
 * named.
 */
public final class CalibrateJudge {
  private static final String HELP =
      """
      CalibrateJudge: shows how far graders agree with a person on 24 answers.

        --judge MODEL   asks this model of OpenAI with OPENAI_API_KEY: 24 short requests, which
                        cost money (if not given, a stand-in by rules judges, to show the way)
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
      System.out.println(
          "The judge here is a stand-in that compares words; --judge MODEL asks a real one.");
    }
    JudgeTally tally = new JudgeTally();
    Map<String, JudgeCalibration> calibrations =
        run(judge(arguments.find("--judge").orElse("")), tally);
    calibrations.forEach(CalibrateJudge::print);
    JudgeTally.Counts counts = tally.counts();
    System.out.printf(
        "%nThe judge was asked %d times: %d verdicts, %d answers that were none, %d refusals, %d"
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
    Map<String, GraderSpec> specs = new LinkedHashMap<>();
    specs.put("exact match", GraderSpec.exactMatch("exact match", "answer"));
    specs.put(
        "METEOR from 0.5 on",
        new GraderSpec.TextSimilarity(
            "meteor",
            GraderSpec.ANSWER_TEXT,
            GraderSpec.item("answer"),
            TextMetric.METEOR,
            OptionalDouble.of(0.5)));
    specs.put(
        "judge",
        new GraderSpec.LabelModel(
            "judge",
            "judge",
            List.of(Message.user(QUESTION)),
            List.of("right", "wrong"),
            List.of("right")));
    List<LabelledAnswer> labelled = LabelledReplies.all();
    Map<String, JudgeCalibration> calibrations = new LinkedHashMap<>();
    specs.forEach(
        (name, spec) -> {
          Grader grader = graders.of(spec);
          calibrations.put(name, JudgeCalibration.of(grader, labelled));
        });
    return calibrations;
  }

  private static ChatModel judge(String model) {
    return model.isEmpty()
        ? new StandInJudge()
        : OpenAiProvider.fromEnvironment()
            .chatModel(new ModelReference(OpenAiProvider.ID, model))
            .orElseThrow();
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
