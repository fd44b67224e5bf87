package dev.finetune4j.report;

import dev.finetune4j.decision.Decision;
import dev.finetune4j.internal.page.Page;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.workflow.WorkflowResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of a run as HTML, Markdown and JSON: the decision, then the figures behind it. Makes
 * no request and reads no data set. Immutable and thread-safe.
 *
 * <p>The HTML is one file that works offline, without scripts, in light and dark mode, on a phone
 * and in print. All text in it, including model answers, is escaped.
 */
public final class RunReport {
  /** The name of the HTML file that {@link #writeTo} writes. */
  public static final String HTML_FILE = "report.html";

  /** The name of the Markdown file that {@link #writeTo} writes. */
  public static final String MARKDOWN_FILE = "report.md";

  /** The name of the JSON file that {@link #writeTo} writes. */
  public static final String JSON_FILE = "report.json";

  private final WorkflowResult result;
  private final String command;

  private RunReport(WorkflowResult result, String command) {
    this.result = result;
    this.command = command;
  }

  /** Returns the report of {@code result}. */
  public static RunReport of(WorkflowResult result) {
    return new RunReport(result, "");
  }

  /** Returns this report with the command that reproduces the run. */
  public RunReport withCommand(String line) {
    return new RunReport(result, line);
  }

  /** Returns the report as one HTML page. */
  public String html() {
    return page().html();
  }

  /** Returns the report as Markdown; charts are described in words. */
  public String markdown() {
    return page().markdown();
  }

  /**
   * Returns the report as one JSON object with verdict, reasons, scores of all alternatives,
   * comparison, costs, loss curve, durations, data and settings. Its {@code version} is 1; later
   * releases may add members.
   */
  public String json() {
    return new ReportJson(result).write();
  }

  /**
   * Writes {@link #HTML_FILE}, {@link #MARKDOWN_FILE} and {@link #JSON_FILE}, replacing each file
   * atomically, and returns the path of the HTML file.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public Path writeTo(Path directory) {
    try {
      Files.createDirectories(directory);
      AtomicFile.write(directory.resolve(JSON_FILE), json());
      Page page = page();
      AtomicFile.write(directory.resolve(MARKDOWN_FILE), page.markdown());
      Path file = directory.resolve(HTML_FILE);
      AtomicFile.write(file, page.html());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the report to " + directory, e);
    }
  }

  private Page page() {
    Decision decision = result.decision();
    List<Page.Section> sections = new ArrayList<>();
    sections.add(VerdictSection.of(result));
    result
        .studyPlan()
        .ifPresent(
            study ->
                sections.add(StudySection.of(study, decision, result.tunedReport(), List.of())));
    sections.add(QualitySection.of(decision, QualitySection.reports(result)));
    sections.add(TradeOffSection.of(decision));
    if (!decision.slices().isEmpty()) {
      sections.add(QualitySection.ofSlices(decision.slices()));
    }
    sections.add(CostSection.of(result));
    sections.add(TrainingSection.of(result));
    sections.add(TradeOffSection.ofRequests(result));
    sections.add(SamplesSection.of(decision, result.tunedReport(), result.baselineReports()));
    sections.add(DataSection.of(result));
    sections.add(ReproductionSection.of(result, command));
    String subtitle =
        "%s at %s, trained on %s, measured on %s, %s"
            .formatted(
                result.plan().request().baseModel(),
                result.provider(),
                result.plan().request().trainingData().name(),
                result.tunedReport().dataset(),
                Numbers.day(result.tunedReport().startedAt()));
    return new Page("Did fine-tuning pay off? Run " + result.run(), subtitle, sections);
  }
}
