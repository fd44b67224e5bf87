package dev.finetune4j.report;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.workflow.WorkflowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Answers side by side: first where the tuned model lost what the best baseline had, then where it
 * won, then where both are wrong, then one where both are right.
 */
final class SamplesSection {
  private static final int MOST_CHARACTERS = 700;

  private final WorkflowResult result;
  private final String grader;
  private final EvaluationReport tuned;
  private final EvaluationReport best;

  private SamplesSection(WorkflowResult result) {
    this.result = result;
    grader = result.decision().comparison().grader();
    tuned = result.tunedReport();
    best =
        result.baselineReports().stream()
            .filter(report -> report.name().equals(result.decision().comparison().baseline()))
            .findFirst()
            .orElseThrow();
  }

  /** Which of the two did better on a sample, in the order in which kinds are shown. */
  private enum Kind {
    LOST("Worse than before", 4),
    WON("Better than before", 4),
    BOTH_WRONG("Still wrong", 3),
    BOTH_RIGHT("Right with both", 1);

    final String words;
    final int shown;

    Kind(String words, int shown) {
      this.words = words;
      this.shown = shown;
    }
  }

  static Page.Section of(WorkflowResult result) {
    return new SamplesSection(result).section();
  }

  private Page.Section section() {
    List<Block.Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      places(kind).stream().limit(kind.shown).forEach(at -> cases.add(oneCase(kind, at)));
    }
    String intro =
        "Judged by \""
            + grader
            + "\". \"Before\" is the best alternative, "
            + best.name()
            + ". "
            + places(Kind.WON).size()
            + " got better, "
            + places(Kind.LOST).size()
            + " worse, "
            + places(Kind.BOTH_WRONG).size()
            + " are still wrong, "
            + places(Kind.BOTH_RIGHT).size()
            + " are right with both.";
    return new Page.Section(
        "Answers side by side", List.of(new Block.Paragraph(intro), new Block.Cases(cases)));
  }

  /** Returns the places of a kind, the largest differences first. */
  private List<Integer> places(Kind kind) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < tuned.samples().size(); at++) {
      if (kind(at) == kind) {
        places.add(at);
      }
    }
    places.sort(Comparator.comparingDouble((Integer at) -> -Math.abs(difference(at))));
    return places;
  }

  private Kind kind(int at) {
    double difference = difference(at);
    if (difference != 0) {
      return difference < 0 ? Kind.LOST : Kind.WON;
    }
    return tuned.samples().get(at).passed(grader) ? Kind.BOTH_RIGHT : Kind.BOTH_WRONG;
  }

  private double difference(int at) {
    return tuned.samples().get(at).score(grader) - best.samples().get(at).score(grader);
  }

  private Block.Case oneCase(Kind kind, int at) {
    SampleResult sample = tuned.samples().get(at);
    List<Block.LabelledText> texts = new ArrayList<>();
    texts.add(new Block.LabelledText("Question", Block.Tone.PLAIN, "", cut(sample.prompt())));
    texts.add(new Block.LabelledText("Expected", Block.Tone.PLAIN, "", cut(sample.reference())));
    texts.add(answer(tuned.name(), sample));
    texts.add(answer(best.name(), best.samples().get(at)));
    for (EvaluationReport other : result.baselineReports()) {
      if (!other.name().equals(best.name())) {
        texts.add(answer(other.name(), other.samples().get(at)));
      }
    }
    return new Block.Case(kind.words + ": sample " + (sample.index() + 1), texts);
  }

  private Block.LabelledText answer(String name, SampleResult sample) {
    Optional<Grade> grade = Optional.ofNullable(sample.grades().get(grader));
    if (grade.isEmpty()) {
      String reason = "[" + sample.failure().orElse("no grade") + "]";
      return new Block.LabelledText(name, Block.Tone.BAD, "failed", cut(reason));
    }
    boolean passed = grade.get().passed();
    double score = grade.get().score();
    String mark = passed ? "✓ passed" : "✗ not passed";
    boolean partly = score > 0 && score < 1;
    return new Block.LabelledText(
        name,
        passed ? Block.Tone.GOOD : Block.Tone.BAD,
        partly ? mark + ", " + Numbers.percent(score) : mark,
        cut(sample.answer().orElse("")));
  }

  private static String cut(String text) {
    if (text.isEmpty()) {
      return "[empty]";
    }
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1)) ? -1 : 0;
    return text.substring(0, MOST_CHARACTERS + end)
        + "… ["
        + (text.length() - MOST_CHARACTERS)
        + " more characters]";
  }
}
