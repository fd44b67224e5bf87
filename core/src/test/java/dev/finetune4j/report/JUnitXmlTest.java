package dev.finetune4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JUnitXmlTest {
  /** The part of Surefire's schema that covers the elements and attributes written here. */
  private static final String SCHEMA =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="testsuite"><xs:complexType><xs:sequence>
          <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:choice minOccurs="0"><xs:element name="failure" type="why"/><xs:element name="error" type="why"/></xs:choice>
            <xs:attribute name="name" type="xs:string" use="required"/>
            <xs:attribute name="classname" type="xs:string"/>
            <xs:attribute name="time" type="time" use="required"/>
          </xs:complexType></xs:element></xs:sequence>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="time" type="time"/>
          <xs:attribute name="tests" type="xs:integer" use="required"/>
          <xs:attribute name="errors" type="xs:integer" use="required"/>
          <xs:attribute name="skipped" type="xs:integer" use="required"/>
          <xs:attribute name="failures" type="xs:integer" use="required"/>
        </xs:complexType></xs:element>
        <xs:complexType name="why"><xs:simpleContent><xs:extension base="xs:string">
          <xs:attribute name="message" type="xs:string"/>
          <xs:attribute name="type" type="xs:string" use="required"/>
        </xs:extension></xs:simpleContent></xs:complexType>
        <xs:simpleType name="time"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction></xs:simpleType>
      </xs:schema>
      """;

  @Test
  void everySampleIsATestCase() throws Exception {
    JUnitXml xml = JUnitXml.ofSamples(report("tuned", 1), "exact");

    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(SCHEMA)))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml.xml())));
    assertThat(xml.failures()).isEqualTo(2);
    assertThat(xml.xml())
        .contains("tests=\"3\" errors=\"1\" skipped=\"0\" failures=\"1\"")
        .contains("<testcase name=\"sample 1\" classname=\"tuned on v1_2\" time=\"0.250\">")
        .contains("<failure message=\"&lt;no&gt; &amp; \uFFFD\" type=\"quality\">")
        .contains("<error message=\"timed out\" type=\"no-grade\">timed out</error>");
  }

  @Test
  void aComparisonIsATestCaseThatFailsOnRegressions() {
    JUnitXml same = JUnitXml.ofComparison(compared(30, 30), 0.2, List.of());
    JUnitXml worse = JUnitXml.ofComparison(compared(10, 30), 0.2, List.of());

    assertThat(same.failures()).isZero();
    assertThat(worse.failures()).isEqualTo(1);
    assertThat(worse.xml())
        .contains("<failure message=\"new against old: -66.7 points")
        .contains("- sample 11: 0.00, was 1.00");
  }

  @Test
  void tablesHaveEverySampleOfEveryAlternative(@TempDir Path folder) throws Exception {
    SampleTable.writeCsv(folder.resolve("t.csv"), List.of(report("a", 1), report("b", 3)));
    SampleTable.writeJsonl(folder.resolve("t.jsonl"), List.of(report("a", 1)));

    List<String> rows = Files.readAllLines(folder.resolve("t.csv"));
    assertThat(rows).hasSize(7);
    assertThat(rows.get(0))
        .isEqualTo(
            "alternative,sample,repetition,prompt,reference,answer,failure,exact score,exact"
                + " passed,exact reason,prompt tokens,completion tokens,latency ms");
    assertThat(rows.get(1)).isEqualTo("a,1,0,\"ask, 0\",is 0,said 0,,1.0,true,,0,0,250");
    assertThat(Files.readAllLines(folder.resolve("t.jsonl")).get(0))
        .isEqualTo(
            "{\"alternative\":\"a\",\"sample\":1,\"repetition\":0,\"prompt\":\"ask,"
                + " 0\",\"reference\":\"is"
                + " 0\",\"answer\":\"said"
                + " 0\",\"grades\":{\"exact\":{\"score\":1.0,\"passed\":true}},"
                + "\"prompt_tokens\":0,\"completion_tokens\":0,\"latency_ms\":250,\"tags\":{}}");
  }

  private static EvaluationReport report(String name, int passed) {
    EvaluationReport.Builder report = start(name);
    for (int i = 0; i < 2; i++) {
      report.sample(
          sample(i)
              .grade("exact", i < passed ? Grade.pass() : Grade.fail("<no> & \u0001"))
              .build());
    }
    return report.sample(SampleResult.builder(2).failure("timed out").build()).build();
  }

  private static Comparison compared(int now, int before) {
    EvaluationReport.Builder candidate = start("new");
    EvaluationReport.Builder baseline = start("old");
    for (int i = 0; i < 30; i++) {
      candidate.sample(sample(i).grade("exact", i < now ? Grade.pass() : Grade.fail("no")).build());
      baseline.sample(
          sample(i).grade("exact", i < before ? Grade.pass() : Grade.fail("no")).build());
    }
    return candidate.build().comparedTo(baseline.build(), "exact");
  }

  private static EvaluationReport.Builder start(String name) {
    return EvaluationReport.builder(name)
        .dataset("v1.2", new Fingerprint("0".repeat(64)))
        .grader("exact");
  }

  private static SampleResult.Builder sample(int index) {
    return SampleResult.builder(index)
        .prompt("ask, " + index)
        .reference("is " + index)
        .answer("said " + index)
        .latency(Duration.ofMillis(250));
  }
}
