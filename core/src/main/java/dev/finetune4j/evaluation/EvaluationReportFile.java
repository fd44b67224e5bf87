package dev.finetune4j.evaluation;

import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A report as a JSON file, every sample included, so that a run that starts again does not pay for
 * the same answers twice. What is read equals what was written. Stateless.
 */
public final class EvaluationReportFile {
  private EvaluationReportFile() {}

  /**
   * Writes {@code report}, in place of what stood there: a reader, also after a crash, sees the old
   * file or the new one and never a part. The folder is made if need be.
   *
   * @throws UncheckedIOException if the disk refuses
   */
  public static void write(Path file, EvaluationReport report) {
    try {
      Path target = file.toAbsolutePath().normalize();
      Files.createDirectories(target.resolveSibling(""));
      AtomicFile.write(target, toJson(report));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the evaluation to " + file, e);
    }
  }

  /**
   * Reads a report.
   *
   * @throws UncheckedIOException if there is no such file, or the disk refuses
   * @throws dev.finetune4j.error.FineTuningException if the file holds something else
   */
  public static EvaluationReport read(Path file) {
    try {
      return fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read an evaluation from " + file, e);
    }
  }

  /** Returns the report as one JSON object. */
  public static String toJson(EvaluationReport report) {
    return ReportJson.write(report).toString();
  }

  /**
   * Returns the report that {@link #toJson} wrote.
   *
   * @throws dev.finetune4j.error.FineTuningException if the text is something else
   */
  public static EvaluationReport fromJson(String json) {
    return ReportJson.read(json);
  }
}
