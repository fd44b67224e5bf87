package dev.finetune4j.report;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.grading.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measured quality as JUnit's XML, in the form that Surefire writes: what builds and dashboards
 * understand as passed and failed tests. Immutable and thread-safe.
 *
 * <pre>{@code
 * JUnitXml.ofSamples(report, "exact").writeTo(Path.of("target/TEST-evaluation.xml"));
 * JUnitXml.ofComparison(comparison, slices).writeTo(Path.of("target/TEST-regression.xml"));
 * }</pre>
 */
public final class JUnitXml {
  private static final double LEVEL = 0.05;

  private final String suite;
  private final List<TestOutcome> cases;

  private JUnitXml(String suite, List<TestOutcome> cases) {
    this.suite = suite;
    this.cases = List.copyOf(cases);
  }

  /**
   * Returns one test case for each sample: passed if the grader passed it, failed with the grader's
   * reason if not, an error where no answer or no grade came.
   *
   * @throws IllegalArgumentException if the report has no such grader
   */
  public static JUnitXml ofSamples(EvaluationReport report, String grader) {
    report.score(grader);
    List<TestOutcome> cases = new ArrayList<>();
    for (SampleResult sample : report.samples()) {
      cases.add(ofSample(sample, grader));
    }
    return new JUnitXml(report.name() + " on " + report.dataset(), cases);
  }

  /**
   * Returns one test case for the whole comparison and one for each slice, which fail where the
   * candidate is worse by more than chance explains (p at most 0.05, corrected where the comparison
   * is one of several).
   *
   * @param slices parts that must not get worse; may be empty
   */
  public static JUnitXml ofComparison(Comparison comparison, List<Slice> slices) {
    boolean worse = comparison.difference() < 0 && comparison.adjustedPValue() <= LEVEL;
    return of(comparison, slices, worse, RegressionText.of(comparison));
  }

  /**
   * Returns one test case for the whole comparison, which fails unless the candidate is shown to be
   * at most {@code margin} worse, and one for each slice, as without a margin.
   *
   * @param margin what may be lost, a share from 0 to 1
   * @param slices parts that must not get worse; may be empty
   */
  public static JUnitXml ofComparison(Comparison comparison, double margin, List<Slice> slices) {
    boolean worse = !comparison.isNotWorseThan(margin);
    return of(comparison, slices, worse, RegressionText.of(comparison, margin));
  }

  private static JUnitXml of(
      Comparison comparison, List<Slice> slices, boolean worse, String text) {
    List<TestOutcome> cases = new ArrayList<>();
    String name = "not worse than " + comparison.baseline() + " by " + comparison.grader();
    cases.add(new TestOutcome(name, Duration.ZERO, kind(worse), text));
    for (Slice slice : slices) {
      String part = "not worse where " + slice.title();
      String figures = slice.comparison().toString();
      cases.add(new TestOutcome(part, Duration.ZERO, kind(slice.isWorse(LEVEL)), figures));
    }
    return new JUnitXml(comparison.candidate() + " against " + comparison.baseline(), cases);
  }

  private static TestOutcome.Kind kind(boolean worse) {
    return worse ? TestOutcome.Kind.FAILED : TestOutcome.Kind.PASSED;
  }

  /** Returns how many cases did not pass. */
  public long failures() {
    return cases.stream().filter(each -> each.kind() != TestOutcome.Kind.PASSED).count();
  }

  /** Returns the XML, with one {@code testsuite} as its root. */
  public String xml() {
    return TestSuiteXml.write(suite, cases);
  }

  /**
   * Writes the XML.
   *
   * @throws DataFileException if the disk refuses
   */
  public void writeTo(Path file) {
    try {
      Path target = file.toAbsolutePath().normalize();
      Files.createDirectories(target.resolveSibling(""));
      Files.writeString(target, xml());
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  private static TestOutcome ofSample(SampleResult sample, String grader) {
    String name = "sample " + (sample.index() + 1);
    String full = sample.repetition() == 0 ? name : name + " again " + sample.repetition();
    Map<String, Grade> grades = sample.grades();
    Grade grade = grades.get(grader);
    if (grade == null) {
      String why = sample.failure().orElse("There is no grade.");
      return new TestOutcome(full, sample.latency(), TestOutcome.Kind.BROKEN, why);
    }
    String text =
        grade.reason().orElse(grade.passed() ? "" : "The grader gives no reason.")
            + "\n\nAsked:\n"
            + sample.prompt()
            + "\n\nExpected:\n"
            + sample.reference()
            + "\n\nAnswered:\n"
            + sample.answer().orElse("");
    return new TestOutcome(
        full,
        sample.latency(),
        grade.passed() ? TestOutcome.Kind.PASSED : TestOutcome.Kind.FAILED,
        grade.passed() ? "" : text);
  }
}
