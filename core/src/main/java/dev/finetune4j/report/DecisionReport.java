package dev.finetune4j.report;

import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.decision.StudyPlan;
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
import org.jspecify.annotations.Nullable;

/**
 * The report of a decision between evaluated alternatives, for evaluations outside a workflow run.
 * {@link RunReport} also covers the training of a run. Makes no request. Immutable and thread-safe;
 * the builder is not.
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
 * <p>The page works offline, without scripts, in light and dark mode, on a phone and in print. It
 * shows only the most informative samples, so that a report of ten thousand samples by five
 * alternatives stays below a few hundred kilobytes; {@link SampleTable} writes all of them.
 */
public final class DecisionReport {
  private final Page page;

  private DecisionReport(Page page) {
    this.page = page;
  }

  /**
   * Starts the report.
   *
   * @param reports the reports of all alternatives of the decision, in display order
   * @throws IllegalArgumentException if the report of the tuned model or the best baseline is
   *     missing
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
   * Writes {@link RunReport#HTML_FILE} and {@link RunReport#MARKDOWN_FILE}, replacing each file
   * atomically, and returns the path of the HTML file.
   *
   * @throws UncheckedIOException if a file cannot be written
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

  /** Builds the report. Not thread-safe. */
  public static final class Builder {
    private final Decision decision;
    private final EvaluationReport candidate;
    private final List<EvaluationReport> reports;
    private final List<Slice> slices;
    private final List<ValidationReport> validations = new ArrayList<>();
    private final Map<String, JudgeCalibration> calibrations = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private String title = "Should we fine-tune?";
    private @Nullable StudyPlan study;

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
                      "The decision needs the report of \"" + name + "\", which is missing."));
    }

    /** Sets the heading. */
    public Builder title(String heading) {
      title = heading;
      return this;
    }

    /** Sets what was planned; the page then says which conclusions were not. */
    public Builder planned(StudyPlan stated) {
      study = stated;
      return this;
    }

    /** Adds slices to the slices of the policy. */
    public Builder slices(List<Slice> parts) {
      slices.addAll(parts);
      return this;
    }

    /** Adds the calibration of a judge. */
    public Builder calibration(String judge, JudgeCalibration calibration) {
      calibrations.put(judge, calibration);
      return this;
    }

    /** Adds the validation report of a data set. */
    public Builder validation(ValidationReport report) {
      validations.add(report);
      return this;
    }

    /** Adds a fact needed to reproduce the results, such as a model, a seed or a command. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Returns the report. */
    public DecisionReport build() {
      List<Page.Section> sections = new ArrayList<>();
      sections.add(VerdictSection.of(decision, List.of()));
      if (study != null) {
        sections.add(
            StudySection.of(
                study,
                decision,
                candidate,
                slices.stream().filter(it -> !decision.slices().contains(it)).toList()));
      }
      sections.add(TradeOffSection.of(decision));
      sections.add(QualitySection.of(decision, reports));
      if (!slices.isEmpty()) {
        sections.add(QualitySection.ofSlices(slices));
      }
      List<EvaluationReport> others =
          reports.stream().filter(report -> !report.name().equals(candidate.name())).toList();
      sections.add(SamplesSection.of(decision, candidate, others));
      if (!calibrations.isEmpty()) {
        sections.add(QualitySection.ofJudges(calibrations));
      }
      if (!validations.isEmpty()) {
        sections.add(new Page.Section("Data", DataSection.findings(validations)));
      }
      sections.add(provenance());
      String subtitle =
          "%s measured on %s, %s, %s"
              .formatted(
                  Numbers.count(reports.size(), "alternative"),
                  candidate.dataset(),
                  Numbers.count(candidate.samples().size(), "sample"),
                  Numbers.day(candidate.startedAt()));
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
      all.putAll(ReproductionSection.machine());
      List<List<String>> settings =
          all.entrySet().stream().map(fact -> List.of(fact.getKey(), fact.getValue())).toList();
      return new Page.Section(
          "Provenance",
          List.of(
              new Block.Table(
                  List.of("Alternative", "Measured at", "#Duration", "Test data"), measured),
              new Block.Table(List.of("Setting", "Value"), settings),
              new Block.Paragraph(
                  "Intervals and tests use fixed seeds, so the same answers give the same"
                      + " results.")));
    }
  }
}
