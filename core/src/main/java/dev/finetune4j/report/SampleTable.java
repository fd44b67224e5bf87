package dev.finetune4j.report;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes all samples of one or more reports as CSV or JSONL, one row for each sample of each
 * alternative, for spreadsheets and notebooks. Stateless.
 *
 * <p>The columns: {@code alternative}, {@code sample} (counted from 1), {@code repetition}, {@code
 * prompt}, {@code reference}, {@code answer}, {@code failure}, for each grader {@code NAME score},
 * {@code NAME passed} and {@code NAME reason}, {@code prompt tokens}, {@code completion tokens},
 * {@code latency ms}, and {@code tag NAME} for each tag. JSONL has the same members, with grades
 * and tags as objects.
 */
public final class SampleTable {
  // Full-width signs count too, as some spreadsheets take them for the usual ones.
  private static final Pattern FORMULA =
      Pattern.compile("[\\p{Z}]*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]");

  private SampleTable() {}

  /**
   * Writes CSV with a header as defined by RFC 4180, in UTF-8. The texts are written as they are: a
   * spreadsheet may run an answer that starts with {@code =} as a formula. For people, use {@link
   * #writeSpreadsheetCsv}.
   *
   * @throws DataFileException if the file cannot be written
   */
  public static void writeCsv(Path file, List<EvaluationReport> reports) {
    writeCsv(file, reports, false);
  }

  /**
   * Writes CSV as {@link #writeCsv} does, with a {@code '} before each text that a spreadsheet
   * would take for a formula: one that starts with {@code = + - @}, a tab or a line break, also
   * after blanks. Numbers stay as they are.
   *
   * @throws DataFileException if the file cannot be written
   */
  public static void writeSpreadsheetCsv(Path file, List<EvaluationReport> reports) {
    writeCsv(file, reports, true);
  }

  private static void writeCsv(Path file, List<EvaluationReport> reports, boolean quoted) {
    Set<String> graders = new LinkedHashSet<>();
    Set<String> tags = new LinkedHashSet<>();
    for (EvaluationReport report : reports) {
      graders.addAll(report.graders());
      report.samples().forEach(sample -> tags.addAll(sample.tags().keySet()));
    }
    try (BufferedWriter out = writer(file);
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
      printer.printRecord(cells(header(graders, tags), quoted));
      for (EvaluationReport report : reports) {
        for (SampleResult sample : report.samples()) {
          printer.printRecord(cells(row(report, sample, graders, tags), quoted));
        }
      }
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  /**
   * Writes one JSON object per line.
   *
   * @throws DataFileException if the file cannot be written
   */
  public static void writeJsonl(Path file, List<EvaluationReport> reports) {
    try (BufferedWriter out = writer(file)) {
      for (EvaluationReport report : reports) {
        for (SampleResult sample : report.samples()) {
          out.write(Json.write(line(report, sample).asMap()));
          out.write('\n');
        }
      }
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  private static List<?> cells(List<?> cells, boolean quoted) {
    return quoted ? cells.stream().map(SampleTable::quoted).toList() : cells;
  }

  private static Object quoted(Object cell) {
    return cell instanceof String text && FORMULA.matcher(text).lookingAt() ? "'" + text : cell;
  }

  private static BufferedWriter writer(Path file) throws IOException {
    Path target = file.toAbsolutePath().normalize();
    Files.createDirectories(target.resolveSibling(""));
    return Files.newBufferedWriter(target);
  }

  private static List<String> header(Set<String> graders, Set<String> tags) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "alternative", "sample", "repetition", "prompt", "reference", "answer", "failure"));
    for (String grader : graders) {
      names.addAll(List.of(grader + " score", grader + " passed", grader + " reason"));
    }
    names.addAll(List.of("prompt tokens", "completion tokens", "latency ms"));
    tags.forEach(tag -> names.add("tag " + tag));
    return names;
  }

  private static List<Object> row(
      EvaluationReport report, SampleResult sample, Set<String> graders, Set<String> tags) {
    List<Object> cells =
        new ArrayList<>(
            List.of(
                report.name(),
                sample.index() + 1,
                sample.repetition(),
                sample.prompt(),
                sample.reference(),
                sample.answer().orElse(""),
                sample.failure().orElse("")));
    for (String grader : graders) {
      Grade grade = sample.grades().get(grader);
      cells.add(grade == null ? "" : grade.score());
      cells.add(grade == null ? "" : grade.passed());
      cells.add(grade == null ? "" : grade.reason().orElse(""));
    }
    cells.add(sample.usage().promptTokens());
    cells.add(sample.usage().completionTokens());
    cells.add(sample.latency().toMillis());
    tags.forEach(tag -> cells.add(sample.tags().getOrDefault(tag, "")));
    return cells;
  }

  private static JsonObject line(EvaluationReport report, SampleResult sample) {
    JsonObject grades = JsonObject.empty();
    sample
        .grades()
        .forEach(
            (grader, grade) ->
                grades.put(
                    grader,
                    JsonObject.empty()
                        .put("score", grade.score())
                        .put("passed", grade.passed())
                        .putIfPresent("reason", grade.reason())));
    JsonObject tags = JsonObject.empty();
    sample.tags().forEach(tags::put);
    return JsonObject.empty()
        .put("alternative", report.name())
        .put("sample", sample.index() + 1)
        .put("repetition", sample.repetition())
        .put("prompt", sample.prompt())
        .put("reference", sample.reference())
        .putIfPresent("answer", sample.answer())
        .putIfPresent("failure", sample.failure())
        .put("grades", grades)
        .put("prompt_tokens", sample.usage().promptTokens())
        .put("completion_tokens", sample.usage().completionTokens())
        .put("latency_ms", sample.latency().toMillis())
        .put("tags", tags);
  }
}
