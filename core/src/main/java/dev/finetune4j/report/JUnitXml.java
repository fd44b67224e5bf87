package dev.finetune4j.report;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.grading.Grade;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Evaluation results as JUnit XML in Surefire's format, which CI servers show as passed and failed
 * tests. Immutable and thread-safe.
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
   * Returns one test case for each sample: passed or failed as the grader says, or an error if
   * there is no answer or no grade.
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
   * Returns one test case for the whole comparison and one for each slice. They fail if the
   * candidate is significantly worse (p at most 0.05, corrected if the comparison belongs to a
   * family).
   *
   * @param slices the slices that must not get worse; may be empty
   */
  public static JUnitXml ofComparison(Comparison comparison, List<Slice> slices) {
    boolean worse = comparison.difference() < 0 && comparison.adjustedPValue() <= LEVEL;
    return of(comparison, slices, worse, RegressionText.of(comparison));
  }

  /**
   * Returns one test case for the whole comparison, which fails unless {@link
   * Comparison#isNotWorseThan} holds, and one for each slice, which fails if the candidate is
   * significantly worse there.
   *
   * @param margin the acceptable loss, a fraction from 0 to 1
   * @param slices the slices that must not get worse; may be empty
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

  /** Returns the number of test cases that did not pass. */
  public long failures() {
    return cases.stream().filter(each -> each.kind() != TestOutcome.Kind.PASSED).count();
  }

  /** Returns the XML with a {@code testsuite} as its root. */
  public String xml() {
    return write(suite, cases);
  }

  /**
   * Writes the XML.
   *
   * @throws DataFileException if the file cannot be written
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
      String why = sample.failure().orElse("The sample has no grade.");
      return new TestOutcome(full, sample.latency(), TestOutcome.Kind.BROKEN, why);
    }
    String text =
        "%s\n\nPrompt:\n%s\n\nExpected:\n%s\n\nAnswer:\n%s"
            .formatted(
                grade.reason().orElse("The grader gave no reason."),
                sample.prompt(),
                sample.reference(),
                sample.answer().orElse(""));
    return new TestOutcome(
        full,
        sample.latency(),
        grade.passed() ? TestOutcome.Kind.PASSED : TestOutcome.Kind.FAILED,
        grade.passed() ? "" : text);
  }

  private static String write(String suite, List<TestOutcome> cases) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", clean(suite));
      xml.writeAttribute("time", seconds(total(cases)));
      xml.writeAttribute("tests", String.valueOf(cases.size()));
      xml.writeAttribute("errors", count(cases, TestOutcome.Kind.BROKEN));
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute("failures", count(cases, TestOutcome.Kind.FAILED));
      xml.writeCharacters("\n");
      for (TestOutcome outcome : cases) {
        testCase(xml, suite, outcome);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Could not write XML in memory.", e);
    }
    return text.toString();
  }

  private static void testCase(XMLStreamWriter xml, String suite, TestOutcome outcome)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", clean(outcome.name()));
    // Most readers take dots for packages.
    xml.writeAttribute("classname", clean(suite).replace('.', '_'));
    xml.writeAttribute("time", seconds(outcome.duration()));
    if (outcome.kind() != TestOutcome.Kind.PASSED) {
      boolean failed = outcome.kind() == TestOutcome.Kind.FAILED;
      xml.writeStartElement(failed ? "failure" : "error");
      xml.writeAttribute("message", clean(outcome.message()));
      xml.writeAttribute("type", failed ? "quality" : "no-grade");
      xml.writeCharacters(clean(outcome.text()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private static Duration total(List<TestOutcome> cases) {
    return cases.stream().map(TestOutcome::duration).reduce(Duration.ZERO, Duration::plus);
  }

  private static String count(List<TestOutcome> cases, TestOutcome.Kind kind) {
    return String.valueOf(cases.stream().filter(each -> each.kind() == kind).count());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  /** Replaces characters that XML cannot represent even when escaped. */
  private static String clean(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              boolean allowed =
                  point == '\n'
                      || point == '\t'
                      || (point >= 0x20 && point <= 0xD7FF)
                      || (point >= 0xE000 && point <= 0xFFFD)
                      || point >= 0x10000;
              safe.appendCodePoint(allowed ? point : 0xFFFD);
            });
    return safe.toString();
  }

  /**
   * One test case.
   *
   * @param name what was tested
   * @param duration how long it took
   * @param kind how it ended
   * @param text why it did not pass; the first line is the message
   */
  private record TestOutcome(String name, Duration duration, Kind kind, String text) {

    /** The outcome of a test case. */
    enum Kind {
      PASSED,
      FAILED,
      BROKEN
    }

    private String message() {
      return text.lines().findFirst().orElse("");
    }
  }
}
