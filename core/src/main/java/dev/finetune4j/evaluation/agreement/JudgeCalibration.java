package dev.finetune4j.evaluation.agreement;

import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Measures how well a grader, usually a judge, agrees with people on answers that people graded.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * JudgeCalibration calibration = JudgeCalibration.of(judge, labelled);
 * calibration.kappa();        // agreement on right and wrong, beyond chance
 * calibration.disagreements() // read these to improve the judge's instructions
 * }</pre>
 *
 * <p>Agreement alone is misleading if most answers are right: with nine right answers in ten, a
 * judge that passes everything has an agreement of 90 % and a kappa of 0.
 *
 * @param cases every answer with both grades
 * @param matrix counts of {@code right} and {@code wrong}, with people's verdicts as expected and
 *     the judge's as given; ungraded answers are left out
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
   * One answer with both grades.
   *
   * @param labelled the answer with the person's grade
   * @param judged the judge's grade; or null
   * @param failure why the judge gave no grade; null if it did
   */
  public record Case(LabelledAnswer labelled, @Nullable Grade judged, @Nullable String failure) {

    /** Returns whether both verdicts are the same; false if the judge gave no grade. */
    public boolean agrees() {
      return judged != null && judged.passed() == labelled.grade().passed();
    }
  }

  /**
   * Grades every answer with {@code grader}, one after the other, and compares. Blocks; costs what
   * the grader costs. If the grader throws, as a judge that refuses does, the answer counts as
   * ungraded.
   *
   * @throws IllegalArgumentException if there are no answers
   */
  public static JudgeCalibration of(Grader grader, List<LabelledAnswer> labelled) {
    if (labelled.isEmpty()) {
      throw new IllegalArgumentException(
          "A calibration needs at least one answer that a person graded.");
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

  /** Returns the fraction of graded answers on which both agree; 0 if none was graded. */
  public double agreement() {
    return matrix.total() == 0 ? 0 : (double) matrix.equal() / matrix.total();
  }

  /** Returns Wilson's 95 % interval of the agreement. */
  public Interval agreementInterval() {
    return Interval.wilson(matrix.equal(), matrix.total(), Interval.USUAL_LEVEL);
  }

  /** Returns Cohen's kappa of right and wrong; NaN if one side always gives the same verdict. */
  public double kappa() {
    return matrix.kappa();
  }

  /**
   * Returns Spearman's rank correlation of the scores; NaN if all scores of one side are the same.
   */
  public double spearman() {
    return RankCorrelation.spearman(scores(false), scores(true));
  }

  /** Returns Kendall's tau-b of the scores; NaN if all scores of one side are the same. */
  public double kendall() {
    return RankCorrelation.kendall(scores(false), scores(true));
  }

  /** Returns how many answers the judge passed that people found wrong. */
  public long wronglyPassed() {
    return matrix.count(WRONG, RIGHT);
  }

  /** Returns how many answers the judge failed that people found right. */
  public long wronglyFailed() {
    return matrix.count(RIGHT, WRONG);
  }

  /** Returns how many answers the judge did not grade. */
  public long ungraded() {
    return cases.stream().filter(each -> each.judged() == null).count();
  }

  /** Returns the answers on which the verdicts differ, including ungraded ones. */
  public List<Case> disagreements() {
    return cases.stream().filter(each -> !each.agrees()).toList();
  }

  /**
   * Returns whether kappa is at least 0.6, which Landis and Koch (1977) call substantial; false if
   * it is NaN.
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
