package dev.finetune4j.report;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes test cases as Surefire does. Stateless. */
final class TestSuiteXml {
  private TestSuiteXml() {}

  static String write(String suite, List<TestOutcome> cases) {
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
      throw new IllegalStateException("A text in memory could not be written.", e);
    }
    return text.toString();
  }

  private static void testCase(XMLStreamWriter xml, String suite, TestOutcome outcome)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("name", clean(outcome.name()));
    // Dots part packages for most readers.
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

  /** Returns the text without what XML cannot hold, escaped or not. */
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
}
