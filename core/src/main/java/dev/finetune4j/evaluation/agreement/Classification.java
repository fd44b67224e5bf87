package dev.finetune4j.evaluation.agreement;

import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.statistics.Interval;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Classification metrics of an evaluation whose answers are labels. Immutable and thread-safe.
 *
 * <pre>{@code
 * Classification routing = Classification.of(report);
 * routing.macroF1();                          // all classes weigh the same
 * routing.matrix().count("refund", "order");  // refunds labelled as orders
 * }</pre>
 *
 * <p>A sample without an answer gets the label {@link #NO_ANSWER}, so it is wrong.
 *
 * @param matrix the counts of expected and given labels
 * @param classes one entry for each label that was expected at least once, sorted by label
 */
public record Classification(ConfusionMatrix matrix, List<LabelScore> classes) {

  /** The label of a sample without an answer. */
  public static final String NO_ANSWER = "(no answer)";

  /**
   * The metrics of one expected label.
   *
   * @param label the label
   * @param precision the fraction of given labels of this class that were right; 0 if it was never
   *     given
   * @param recall the fraction of expected labels of this class that were found
   * @param f1 the harmonic mean of both; 0 if both are 0
   * @param support how often the label was expected
   */
  public record LabelScore(
      String label, double precision, double recall, double f1, long support) {}

  /** Copies the list. */
  public Classification {
    classes = List.copyOf(classes);
  }

  /** Returns the classification of a report, with white space around labels removed. */
  public static Classification of(EvaluationReport report) {
    return of(report, String::strip);
  }

  /**
   * Returns the classification of a report.
   *
   * @param label extracts the label from the text of an answer or reference, for example in lower
   *     case
   */
  public static Classification of(EvaluationReport report, UnaryOperator<String> label) {
    List<SampleResult> samples = report.samples();
    return of(
        samples.stream().map(sample -> label.apply(sample.reference())).toList(),
        samples.stream().map(sample -> sample.answer().map(label).orElse(NO_ANSWER)).toList());
  }

  /**
   * Returns the classification of two lists of labels, compared element by element.
   *
   * @throws IllegalArgumentException if the lists have different lengths
   */
  public static Classification of(List<String> expected, List<String> given) {
    ConfusionMatrix matrix = ConfusionMatrix.of(expected, given);
    return new Classification(
        matrix, new TreeSet<>(expected).stream().map(label -> score(matrix, label)).toList());
  }

  /** Returns the fraction of right labels; 0 if there are no samples. */
  public double accuracy() {
    return matrix.total() == 0 ? 0 : (double) matrix.equal() / matrix.total();
  }

  /** Returns the exact 95 % interval of the accuracy. */
  public Interval accuracyInterval() {
    return Interval.exact(matrix.equal(), matrix.total(), Interval.USUAL_LEVEL);
  }

  /**
   * Returns the unweighted mean F1 of the expected labels. A label that was never expected has no
   * F1 itself; it lowers the recall of the expected label.
   */
  public double macroF1() {
    return classes.stream().mapToDouble(LabelScore::f1).average().orElse(0);
  }

  /** Returns the mean F1 of the expected labels, weighted by support. */
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
