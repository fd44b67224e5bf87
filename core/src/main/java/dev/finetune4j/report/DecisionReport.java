package dev.finetune4j.report;

import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.Slice;
import dev.finetune4j.evaluation.agreement.JudgeCalibration;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report of a decision over measured alternatives, however they were made: for whom evaluates
 * without a durable run. A run's report is {@link RunReport}, with the training beside it. Makes no
 * request. Immutable and thread-safe; the builder is not.
 *
 * <pre>{@code
 * DecisionReport.builder(decision, reports)
 *     .slices(decision.comparison().slices(Slicing.byTag("language")))
 *     .calibration("judge", calibration)
 *     .fact("Model", "gpt-4.1-mini-2025-04-14")
 *     .build()
 *     .writeTo(Path.of("target/decision"));
 * }</pre>
 *
 * <p>The page opens offline: no script, no request, light and dark, for a phone and for print. Of
 * many samples it shows the most telling ones, so that ten thousand of them by five alternatives
 * stay below a few hundred kilobytes; {@link SampleTable} writes them all.
 */
public final class DecisionReport {
  private final Page page;

  private DecisionReport(Page page) {
    this.page = page;
  }

  /**
   * Starts the report.
   *
   * @param reports all alternatives that the decision regards, in the order in which to show them
   * @throws IllegalArgumentException if the candidate or the best baseline is not among them
   */
  public static Builder builder(Decision decision, List<EvaluationReport> reports) {
    return new Builder(decision, reports);
  }

  /** Returns the report as one HTML page. */
  public String html() {
    return page.html();
  }

  /** Returns the report as Markdown; charts are described in words. */
  public String markdown() {
    return page.markdown();
  }

  /**
   * Writes {@link RunReport#HTML_FILE} and {@link RunReport#MARKDOWN_FILE}, each in place of an
   * older one and never in part, and returns the path of the HTML file.
   *
   * @throws UncheckedIOException if the disk refuses
   */
  public Path writeTo(Path directory) {
    try {
      Files.createDirectories(directory);
      AtomicFile.write(directory.resolve(RunReport.MARKDOWN_FILE), markdown());
      Path file = directory.resolve(RunReport.HTML_FILE);
      AtomicFile.write(file, html());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the report to " + directory, e);
    }
  }

  /** Collects the parts of the report. Not thread-safe. */
  public static final class Builder {
    private final Decision decision;
    private final EvaluationReport candidate;
    private final List<EvaluationReport> reports;
    private final List<Slice> slices;
    private final List<ValidationReport> validations = new ArrayList<>();
    private final Map<String, JudgeCalibration> calibrations = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String title = "Should we fine-tune?";

    private Builder(Decision decision, List<EvaluationReport> reports) {
      this.decision = decision;
      this.reports = List.copyOf(reports);
      slices = new ArrayList<>(decision.slices());
      candidate = require(decision.comparison().candidate());
      require(decision.comparison().baseline());
    }

    private EvaluationReport require(String name) {
      return reports.stream()
          .filter(report -> report.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The decision regards \"" + name + "\", of which there is no report."));
    }

    /** Sets the heading. */
    public Builder title(String heading) {
      title = heading;
      return this;
    }

    /** Adds parts of the test data beside those that the policy names. */
    public Builder slices(List<Slice> parts) {
      slices.addAll(parts);
      return this;
    }

    /** Adds how far a judge agrees with people. */
    public Builder calibration(String judge, JudgeCalibration calibration) {
      calibrations.put(judge, calibration);
      return this;
    }

    /** Adds what checks found in the data. */
    public Builder validation(ValidationReport report) {
      validations.add(report);
      return this;
    }

    /** Adds what is needed to make the figures again: a model, a seed, a command. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Returns the report. */
    public DecisionReport build() {
      List<Page.Section> sections = new ArrayList<>();
      sections.add(VerdictSection.of(decision, List.of()));
      sections.add(TradeOffSection.of(decision));
      sections.add(QualitySection.of(decision, reports));
      if (!slices.isEmpty()) {
        sections.add(SliceSection.of(slices));
      }
      List<EvaluationReport> others =
          reports.stream().filter(report -> !report.name().equals(candidate.name())).toList();
      sections.add(SamplesSection.of(decision, candidate, others));
      if (!calibrations.isEmpty()) {
        sections.add(CalibrationSection.of(calibrations));
      }
      if (!validations.isEmpty()) {
        sections.add(new Page.Section("Data", DataSection.findings(validations)));
      }
      sections.add(provenance());
      String subtitle =
          Numbers.count(reports.size(), "alternative")
              + " measured on "
              + candidate.dataset()
              + ", "
              + Numbers.count(candidate.samples().size(), "sample")
              + ", "
              + Numbers.day(candidate.startedAt());
      return new DecisionReport(new Page(title, subtitle, sections));
    }

    private Page.Section provenance() {
      List<List<String>> measured =
          reports.stream()
              .map(
                  report ->
                      List.of(
                          report.name(),
                          report.startedAt().toString(),
                          Numbers.duration(report.wallDuration()),
                          report.fingerprint().shortForm()))
              .toList();
      Map<String, String> all = new LinkedHashMap<>(facts);
      all.putAll(Settings.machine());
      List<List<String>> settings =
          all.entrySet().stream().map(fact -> List.of(fact.getKey(), fact.getValue())).toList();
      return new Page.Section(
          "Where the figures come from",
          List.of(
              new Block.Table(
                  List.of("Alternative", "Measured at", "#Took", "Test data"), measured),
              new Block.Table(List.of("Setting", "Value"), settings),
              new Block.Paragraph(
                  "Intervals and tests use fixed seeds: the same answers give the same figures.")));
    }
  }
}
