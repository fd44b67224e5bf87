package dev.finetune4j.testkit.evaluation;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.evaluation.Comparison;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.EvaluationReportFile;
import dev.finetune4j.report.JUnitXml;
import dev.finetune4j.report.RegressionText;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * A JUnit Jupiter extension that keeps a baseline in the repository and fails the build where an
 * evaluation is worse, sample by sample.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RegressionGate gate = RegressionGate.in(Path.of("src/test/evaluations"));
 *
 * @Test
 * void theAssistantIsNotWorseThanItWas() throws InterruptedException {
 *   EvaluationReport report = evaluation.run("assistant", model);
 *
 *   gate.check(report, "exact").isNotWorseThanBaseline();
 * }
 * }</pre>
 *
 * <p>The baseline of a report is kept in a file of that name; {@code -Dfinetune4j.baseline=update}
 * writes it anew and fails nothing. By default a check fails where the candidate is worse by more
 * than chance explains (p at most 0.05), so that a build does not fail by luck; {@link
 * #allowing(double)} asks for more: that a larger loss than the margin is ruled out, which takes a
 * test set of some size. Every check is written as JUnit XML, too, where {@link #reportingTo} says
 * so. Thread-safe; parallel tests need reports of different names.
 */
public final class RegressionGate implements BeforeEachCallback {
  /** The system property that says what to do with baselines. */
  public static final String PROPERTY = "finetune4j.baseline";

  /** The value of {@link #PROPERTY} that writes them anew. */
  public static final String UPDATE = "update";

  private static final double BY_CHANCE = -1;
  private static final ThreadLocal<ExtensionContext> CONTEXT = new ThreadLocal<>();

  private final Path folder;
  private final double margin;
  private final List<Path> reportFolders;

  private RegressionGate(Path folder, double margin, List<Path> reportFolders) {
    this.folder = folder;
    this.margin = margin;
    this.reportFolders = reportFolders;
  }

  /** Returns a gate that keeps its baselines in {@code folder}, which is created if missing. */
  public static RegressionGate in(Path folder) {
    return new RegressionGate(Objects.requireNonNull(folder, "folder"), BY_CHANCE, List.of());
  }

  /**
   * Returns this gate, which fails unless it is shown that at most {@code share} was lost.
   *
   * @param share 0.02 is 2 points; at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public RegressionGate allowing(double share) {
    if (!(share >= 0)) {
      throw new IllegalArgumentException("margin must be 0 or more, was " + share + ".");
    }
    return new RegressionGate(folder, share, reportFolders);
  }

  /** Returns this gate, which writes {@code TEST-NAME.xml} of every check to a folder. */
  public RegressionGate reportingTo(Path reports) {
    return new RegressionGate(folder, margin, List.of(reports));
  }

  @Override
  public void beforeEach(ExtensionContext started) {
    CONTEXT.set(started);
  }

  /**
   * Returns the check of {@code report} by one of its graders. Reads no file yet.
   *
   * @throws IllegalArgumentException if it has no such grader
   */
  public Check check(EvaluationReport report, String grader) {
    report.score(grader);
    return new Check(report, grader);
  }

  /** Returns the file with the baseline of the report of that name. */
  public Path baselineFile(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return folder.resolve(plain + ".json");
  }

  private void published(Map<String, String> figures) {
    ExtensionContext current = CONTEXT.get();
    if (current != null) {
      current.publishReportEntry(figures);
    }
  }

  /** One report under check. Immutable; made by {@link RegressionGate#check}. */
  public final class Check {
    private final EvaluationReport report;
    private final String grader;

    private Check(EvaluationReport report, String grader) {
      this.report = report;
      this.grader = grader;
    }

    /**
     * Holds the report against the baseline in the repository, or writes that where the property
     * says so.
     *
     * @throws AssertionFailedError if it is worse, there is no baseline, or that is of other data;
     *     the message says what to do
     */
    public Check isNotWorseThanBaseline() {
      Path file = baselineFile(report.name());
      if (UPDATE.equals(System.getProperty(PROPERTY))) {
        EvaluationReportFile.write(file, report);
        published(Map.of("baseline", "written to " + file));
        return this;
      }
      return isNotWorseThan(baseline(file));
    }

    /**
     * Holds the report against another one on the same samples.
     *
     * @throws AssertionFailedError if it is worse, or the samples differ
     */
    public Check isNotWorseThan(EvaluationReport baseline) {
      Comparison comparison = comparison(baseline);
      published(Map.of("comparison", comparison.toString()));
      boolean byChance = margin == BY_CHANCE;
      JUnitXml outcome =
          byChance
              ? JUnitXml.ofComparison(comparison, List.of())
              : JUnitXml.ofComparison(comparison, margin, List.of());
      for (Path reports : reportFolders) {
        String name = String.valueOf(baselineFile(report.name()).getFileName());
        outcome.writeTo(reports.resolve("TEST-" + name.replace(".json", ".xml")));
      }
      if (outcome.failures() > 0) {
        String text =
            byChance ? RegressionText.of(comparison) : RegressionText.of(comparison, margin);
        throw new AssertionFailedError(
            "\""
                + report.name()
                + (byChance
                    ? "\" got worse by more than chance explains: "
                    : "\" is not shown to have kept its quality: ")
                + text
                + "\nIf that is meant, run with -D"
                + PROPERTY
                + "="
                + UPDATE
                + " and commit the new baseline.");
      }
      return this;
    }

    /**
     * Demands a score whatever the baseline says.
     *
     * @param share the least mean score
     * @throws AssertionFailedError if the mean score is lower
     */
    public Check scoresAtLeast(double share) {
      double mean = report.score(grader).mean();
      if (mean < share) {
        throw new AssertionFailedError(
            String.format(
                Locale.ROOT,
                "\"%s\" scores %.1f %% by \"%s\" on %d samples, and at least %.1f %% are asked for.",
                report.name(),
                100 * mean,
                grader,
                report.samples().size(),
                100 * share),
            share,
            mean);
      }
      return this;
    }

    private EvaluationReport baseline(Path file) {
      String cure =
          " Run once with -D" + PROPERTY + "=" + UPDATE + ", look at the file and commit it.";
      if (!Files.exists(file)) {
        throw new AssertionFailedError("There is no baseline at " + file + "." + cure);
      }
      try {
        return EvaluationReportFile.read(file);
      } catch (FineTuningException | UncheckedIOException e) {
        throw new AssertionFailedError(
            "The baseline at " + file + " cannot be read: " + e.getMessage() + cure, e);
      }
    }

    private Comparison comparison(EvaluationReport baseline) {
      try {
        return report.comparedTo(baseline, grader);
      } catch (IllegalArgumentException e) {
        throw new AssertionFailedError(
            "The baseline cannot be compared: "
                + e.getMessage()
                + " If the data or the graders changed on purpose, run with -D"
                + PROPERTY
                + "="
                + UPDATE
                + " and commit the new baseline.",
            e);
      }
    }
  }
}
