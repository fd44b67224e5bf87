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
 * The report of a run, for people and for machines: the decision first, then every figure behind
 * it. Works out nothing that the result does not hold, and makes no request; it reads the data sets
 * for their fingerprints. Immutable and thread-safe.
 *
 * <p>The HTML is one file that opens offline: no script, no request, light and dark, for a phone
 * and for print. All text in it, answers of models included, is escaped.
 */
public final class RunReport {
  /** The name of the page for people in {@link #writeTo}. */
  public static final String HTML_FILE = "report.html";

  /** The name of the Markdown file in {@link #writeTo}. */
  public static final String MARKDOWN_FILE = "report.md";

  /** The name of the JSON file in {@link #writeTo}. */
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

  /** Returns this report with the command that makes such a run again. */
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
   * Returns the report as one JSON object: verdict, reasons, every alternative's scores with
   * intervals, the comparison with its p-value, costs, loss curve, durations, data and settings.
   * Its {@code version} is 1; members may be added to it.
   */
  public String json() {
    return new ReportJson(result).write();
  }

  /**
   * Writes {@link #HTML_FILE}, {@link #MARKDOWN_FILE} and {@link #JSON_FILE}, each in place of an
   * older one and never in part, and returns the path of the HTML file.
   *
   * @throws UncheckedIOException if the disk refuses
   */
  public Path writeTo(Path directory) {
    try {
      Files.createDirectories(directory);
      AtomicFile.write(directory.resolve(JSON_FILE), json());
      AtomicFile.write(directory.resolve(MARKDOWN_FILE), markdown());
      Path page = directory.resolve(HTML_FILE);
      AtomicFile.write(page, html());
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the report to " + directory, e);
    }
  }

  private Page page() {
    Decision decision = result.decision();
    List<Page.Section> sections = new ArrayList<>();
    sections.add(VerdictSection.of(result));
    sections.add(QualitySection.of(decision, QualitySection.reports(result)));
    sections.add(TradeOffSection.of(decision));
    if (!decision.slices().isEmpty()) {
      sections.add(SliceSection.of(decision.slices()));
    }
    sections.add(CostSection.of(result));
    sections.add(TrainingSection.of(result));
    sections.add(EffortSection.of(result));
    sections.add(SamplesSection.of(decision, result.tunedReport(), result.baselineReports()));
    sections.add(DataSection.of(result));
    sections.add(ReproductionSection.of(result, command));
    String subtitle =
        result.plan().request().baseModel()
            + " at "
            + result.provider()
            + ", trained on "
            + result.plan().request().trainingData().name()
            + ", measured on "
            + result.tunedReport().dataset()
            + ", "
            + Numbers.day(result.tunedReport().startedAt());
    return new Page("Did it pay to fine-tune? Run " + result.run(), subtitle, sections);
  }
}
