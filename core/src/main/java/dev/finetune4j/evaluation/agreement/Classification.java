package dev.finetune4j.evaluation.agreement;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.statistics.Interval;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * An evaluation whose answers are labels, seen as a classification. Immutable and thread-safe.
 *
 * <pre>{@code
 * Classification routing = Classification.of(report);
 * routing.macroF1();                          // all classes count alike, rare ones too
 * routing.matrix().count("refund", "order");  // refunds taken for orders
 * }</pre>
 *
 * <p>A sample without an answer counts as the label {@link #NO_ANSWER}, so it is wrong.
 *
 * @param matrix how often each expected label met each given one
 * @param classes one entry for each label that was expected at least once, in their order
 */
public record Classification(ConfusionMatrix matrix, List<LabelScore> classes) {

  /** The label of a sample without an answer. */
  public static final String NO_ANSWER = "(no answer)";

  /**
   * What came of one expected label.
   *
   * @param label the label
   * @param precision the share of what was given as this label that was right; 0 if none was given
   * @param recall the share of what was expected as this label that was given so
   * @param f1 the harmonic mean of both; 0 if both are
   * @param support how often the label was expected
   */
  public record LabelScore(
      String label, double precision, double recall, double f1, long support) {}

  /** Copies the list. */
  public Classification {
    classes = List.copyOf(classes);
  }

  /** Returns the classification of a report, labels stripped of white space around them. */
  public static Classification of(EvaluationReport report) {
    return of(report, String::strip);
  }

  /**
   * Returns the classification of a report.
   *
   * @param label takes the label out of the text of an answer or reference, for example in lower
   *     case
   */
  public static Classification of(EvaluationReport report, UnaryOperator<String> label) {
    List<SampleResult> samples = report.samples();
    return of(
        samples.stream().map(sample -> label.apply(sample.reference())).toList(),
        samples.stream().map(sample -> sample.answer().map(label).orElse(NO_ANSWER)).toList());
  }

  /**
   * Returns the classification of labels place by place.
   *
   * @throws IllegalArgumentException if the lists are not of one length
   */
  public static Classification of(List<String> expected, List<String> given) {
    ConfusionMatrix matrix = ConfusionMatrix.of(expected, given);
    return new Classification(
        matrix, new TreeSet<>(expected).stream().map(label -> score(matrix, label)).toList());
  }

  /** Returns the share of right labels; 0 if there are no samples. */
  public double accuracy() {
    return matrix.total() == 0 ? 0 : (double) matrix.equal() / matrix.total();
  }

  /** Returns Wilson's 95 % interval of the accuracy. */
  public Interval accuracyInterval() {
    return Interval.wilson(matrix.equal(), matrix.total(), Interval.USUAL_LEVEL);
  }

  /**
   * Returns the mean F1 of the expected labels, each counting alike. A label that the model made up
   * has no F1 of its own; it lowers the recall of the expected one.
   */
  public double macroF1() {
    return classes.stream().mapToDouble(LabelScore::f1).average().orElse(0);
  }

  /** Returns the mean F1 of the expected labels, each counting as often as it was expected. */
  public double weightedF1() {
    double sum = classes.stream().mapToDouble(each -> each.f1() * each.support()).sum();
    return matrix.total() == 0 ? 0 : sum / matrix.total();
  }

  private static LabelScore score(ConfusionMatrix matrix, String label) {
    double right = matrix.count(label, label);
    long given = matrix.given(label);
    long expected = matrix.expected(label);
    return new LabelScore(
        label,
        given == 0 ? 0 : right / given,
        expected == 0 ? 0 : right / expected,
        given + expected == 0 ? 0 : 2 * right / (given + expected),
        expected);
  }
}
