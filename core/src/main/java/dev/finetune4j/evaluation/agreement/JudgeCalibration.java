package dev.finetune4j.evaluation.agreement;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a grader, mostly a judge, agrees with people on answers that people graded: whether its
 * grades can stand for theirs. Immutable and thread-safe.
 *
 * <pre>{@code
 * JudgeCalibration calibration = JudgeCalibration.of(judge, labelled);
 * calibration.kappa();        // agreement on right and wrong, beyond chance
 * calibration.disagreements() // what to read, and to mend the instructions by
 * }</pre>
 *
 * <p>Agreement alone flatters where most answers are right: a judge who passes everything agrees
 * with the people on nine of ten, with kappa 0.
 *
 * @param cases every answer, with what both say of it
 * @param matrix {@code right} and {@code wrong}: people's verdicts expected, the judge's given;
 *     without the answers that the judge did not grade
 */
public record JudgeCalibration(List<Case> cases, ConfusionMatrix matrix) {
  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";
  private static final double USUAL_KAPPA = 0.6;

  /** Copies the list. */
  public JudgeCalibration {
    cases = List.copyOf(cases);
  }

  /**
   * One answer and what both say of it.
   *
   * @param labelled the answer with the person's grade
   * @param judged the judge's grade; null if it gave none
   * @param failure why the judge gave none; null if it did
   */
  public record Case(LabelledAnswer labelled, @Nullable Grade judged, @Nullable String failure) {

    /** Returns whether both say right, or both wrong; false if the judge gave no grade. */
    public boolean agrees() {
      return judged != null && judged.passed() == labelled.grade().passed();
    }
  }

  /**
   * Grades every answer with {@code grader} and compares. Blocks; costs what the grader costs, one
   * answer after the other. A grader that throws, as a judge does who refuses, has no grade there.
   *
   * @throws IllegalArgumentException if there are no answers
   */
  public static JudgeCalibration of(Grader grader, List<LabelledAnswer> labelled) {
    if (labelled.isEmpty()) {
      throw new IllegalArgumentException(
          "A judge is held against answers that people graded, and there are none.");
    }
    List<Case> cases = new ArrayList<>();
    List<String> people = new ArrayList<>();
    List<String> judge = new ArrayList<>();
    for (LabelledAnswer each : labelled) {
      Case judged = judged(grader, each);
      cases.add(judged);
      if (judged.judged() != null) {
        people.add(each.grade().passed() ? RIGHT : WRONG);
        judge.add(judged.judged().passed() ? RIGHT : WRONG);
      }
    }
    return new JudgeCalibration(cases, ConfusionMatrix.of(List.of(RIGHT, WRONG), people, judge));
  }

  private static Case judged(Grader grader, LabelledAnswer labelled) {
    try {
      return new Case(labelled, grader.grade(labelled.example(), labelled.answer()), null);
    } catch (RuntimeException e) {
      String message = e.getMessage();
      return new Case(labelled, null, message == null ? e.getClass().getSimpleName() : message);
    }
  }

  /** Returns the share of graded answers on which both agree; 0 if none was graded. */
  public double agreement() {
    return matrix.total() == 0 ? 0 : (double) matrix.equal() / matrix.total();
  }

  /** Returns Wilson's 95 % interval of the agreement. */
  public Interval agreementInterval() {
    return Interval.wilson(matrix.equal(), matrix.total(), Interval.USUAL_LEVEL);
  }

  /** Returns Cohen's kappa of right and wrong; NaN where one of both always says the same. */
  public double kappa() {
    return matrix.kappa();
  }

  /** Returns Spearman's rank correlation of the scores; NaN where one side's are all the same. */
  public double spearman() {
    return RankCorrelation.spearman(scores(false), scores(true));
  }

  /** Returns Kendall's tau-b of the scores; NaN where one side's are all the same. */
  public double kendall() {
    return RankCorrelation.kendall(scores(false), scores(true));
  }

  /** Returns how many answers people found wrong and the judge right: it is too kind. */
  public long wronglyPassed() {
    return matrix.count(WRONG, RIGHT);
  }

  /** Returns how many answers people found right and the judge wrong: it is too strict. */
  public long wronglyFailed() {
    return matrix.count(RIGHT, WRONG);
  }

  /** Returns how many answers the judge did not grade. */
  public long ungraded() {
    return cases.stream().filter(each -> each.judged() == null).count();
  }

  /** Returns the answers on which both do not agree, ungraded ones included. */
  public List<Case> disagreements() {
    return cases.stream().filter(each -> !each.agrees()).toList();
  }

  /**
   * Returns whether kappa is at least 0.6, what Landis and Koch (1977) call substantial; false
   * where it cannot be told.
   */
  public boolean isSubstantial() {
    return kappa() >= USUAL_KAPPA;
  }

  /** Returns the figures in one sentence. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d answers: agreement %.1f %% (%.1f to %.1f), kappa %.2f, Spearman %.2f, Kendall %.2f;"
            + " %d wrongly passed, %d wrongly failed, %d not graded.",
        cases.size(),
        100 * agreement(),
        100 * agreementInterval().low(),
        100 * agreementInterval().high(),
        kappa(),
        spearman(),
        kendall(),
        wronglyPassed(),
        wronglyFailed(),
        ungraded());
  }

  private double[] scores(boolean ofJudge) {
    List<Double> scores = new ArrayList<>();
    for (Case each : cases) {
      Grade judged = each.judged();
      if (judged != null) {
        scores.add(ofJudge ? judged.score() : each.labelled().grade().score());
      }
    }
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
