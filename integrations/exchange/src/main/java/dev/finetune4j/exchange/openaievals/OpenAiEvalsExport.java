package dev.finetune4j.exchange.openaievals;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.exchange.UnusableExchangeException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Results that were downloaded from the dashboard of OpenAI Evals, which was shut down on
 * 2026-11-30: JSONL, a line for each item of each run. Past runs become {@link EvaluationReport}s,
 * which can be compared with runs that are made here; the items become a data set. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * OpenAiEvalsExport export = OpenAiEvalsExport.read(Path.of("eval-results.jsonl"));
 * EvaluationReport past = export.reports().get(0);
 * EvaluationReport now = Evaluation.builder(export.dataset())....run("now", model);
 * }</pre>
 *
 * <p>The form of a line follows what {@code promptfoo import} accepts: {@code run_id}, {@code
 * data_source_idx}, {@code item}, {@code sample}, {@code grades}, {@code passes}. A grade counts as
 * passed only where {@code passes} says so. Grades of score models keep their own range. The file
 * holds no times: reports start at the epoch and took no time.
 */
public final class OpenAiEvalsExport {
  private final Dataset<PromptExample> dataset;
  private final List<EvaluationReport> reports;
  private final List<ExchangeFinding> findings;

  private OpenAiEvalsExport(
      Dataset<PromptExample> dataset,
      List<EvaluationReport> reports,
      List<ExchangeFinding> findings) {
    this.dataset = dataset;
    this.reports = List.copyOf(reports);
    this.findings = findings;
  }

  /**
   * Reads a file of results; holds it in memory.
   *
   * @throws DataFileException if it cannot be read
   * @throws UnusableExchangeException if a line is broken; all broken lines are reported together
   */
  public static OpenAiEvalsExport read(Path file) {
    try {
      return parse(Files.readString(file), String.valueOf(file.getFileName()));
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /**
   * Reads results from text.
   *
   * @param name what the data set is called, and where findings point to
   * @throws UnusableExchangeException if a line is broken; all broken lines are reported together
   */
  public static OpenAiEvalsExport parse(String jsonl, String name) {
    Findings findings = new Findings();
    List<OutputItem> items = new ArrayList<>();
    int number = 0;
    for (String line : jsonl.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        try {
          items.add(OutputItem.read(Json.parseObject(line)));
        } catch (JsonSyntaxException e) {
          findings.error(
              "not-an-output-item",
              name + " line " + number,
              String.valueOf(e.getMessage()),
              "Each line is an object with run_id, data_source_idx, item and grades: download the"
                  + " results once more.");
        }
      }
    }
    if (items.isEmpty() && findings.all().isEmpty()) {
      findings.error(
          "empty", name, "There is no line.", "Download the results of a completed run.");
    }
    if (!findings.all().isEmpty()) {
      throw new UnusableExchangeException(name, findings.all());
    }
    return of(items, name, findings);
  }

  private static OpenAiEvalsExport of(List<OutputItem> items, String name, Findings findings) {
    Map<Long, OutputItem> rows = new TreeMap<>();
    Map<String, List<OutputItem>> runs = new LinkedHashMap<>();
    for (OutputItem item : items) {
      // The row of a run that kept its conversation tells the prompt best.
      rows.merge(
          item.row(),
          item,
          (old, next) -> old.messages().isEmpty() && old.isSameItem(next) ? next : old);
      runs.computeIfAbsent(item.run(), run -> new ArrayList<>()).add(item);
    }
    if (rows.values().stream().anyMatch(item -> item.messages().isEmpty())) {
      findings.warning(
          "prompt-unknown",
          name,
          "Some lines hold no conversation; the member \"input\", else the whole item, stands for"
              + " the prompt.",
          "Import the runnable promptfoo configuration too, which has the prompt.");
    }
    Map<Long, Integer> places = new HashMap<>();
    rows.keySet().forEach(row -> places.put(row, places.size()));
    Dataset<PromptExample> dataset = dataset(name, rows.values());
    Fingerprint fingerprint = dataset.fingerprint();
    List<EvaluationReport> reports = new ArrayList<>();
    runs.forEach(
        (run, results) -> {
          results.sort(Comparator.comparingLong(OutputItem::row));
          boolean same =
              results.stream()
                  .allMatch(it -> Objects.requireNonNull(rows.get(it.row())).isSameItem(it));
          if (!same) {
            findings.warning(
                "other-items",
                "run " + run,
                "Under some numbers it has other items than the runs before it: its data source was"
                    + " another one. It is not compared with them.",
                "Download the results of each evaluation into a file of its own.");
          }
          EvaluationReport.Builder report =
              EvaluationReport.builder(run)
                  .dataset(name, same ? fingerprint : dataset(name, results).fingerprint());
          results.stream()
              .flatMap(item -> item.graders().stream())
              .distinct()
              .forEach(report::grader);
          Map<Long, Integer> repetitions = new HashMap<>();
          for (OutputItem item : results) {
            int repetition = repetitions.merge(item.row(), 1, Integer::sum) - 1;
            int place = Objects.requireNonNull(places.get(item.row()));
            report.sample(item.sample(place, repetition));
          }
          if (repetitions.size() < rows.size()) {
            findings.warning(
                "run-incomplete",
                "run " + run,
                "It has " + repetitions.size() + " of " + rows.size() + " rows.",
                "Compare runs with the same rows only.");
          }
          reports.add(report.build());
        });
    return new OpenAiEvalsExport(dataset, reports, findings.all());
  }

  private static Dataset<PromptExample> dataset(String name, Collection<OutputItem> items) {
    return Dataset.of(name, PromptExample.class, items.stream().map(OutputItem::example).toList());
  }

  /** Returns the items as examples, in the order of the data source. */
  public Dataset<PromptExample> dataset() {
    return dataset;
  }

  /** Returns one report for each run, in the order of the file. */
  public List<EvaluationReport> reports() {
    return reports;
  }

  /** Returns what is worth knowing of the file. */
  public List<ExchangeFinding> findings() {
    return findings;
  }
}
