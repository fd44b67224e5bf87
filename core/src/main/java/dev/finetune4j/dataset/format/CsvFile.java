package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Reads and writes tables with a header line, in UTF-8, as defined by RFC 4180. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Returns the rows of {@code file} as examples, converted by {@code mapping}. Reads nothing yet.
   */
  public static FileDataset<ChatExample> read(Path file, ColumnMapping mapping) {
    return new FileDataset<>(file, FileKind.CSV, ExampleCodecs.columns(mapping));
  }

  /**
   * Writes a table with one column for each template of {@code mapping}, and returns what was lost.
   *
   * @throws IllegalArgumentException if a template is not a single {@code {{column}}}, so that
   *     texts cannot be split into columns
   * @throws DataFileException if the file cannot be written
   */
  public static ConversionReport write(
      Dataset<ChatExample> dataset, Path file, ColumnMapping mapping) {
    return DatasetWriting.write(
        dataset,
        ExampleCodecs.columns(mapping),
        file,
        (out, records) -> {
          CSVPrinter printer =
              new CSVPrinter(
                  new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                  CSVFormat.RFC4180);
          boolean headed = false;
          while (records.hasNext()) {
            Map<String, ?> record = records.next();
            if (!headed) {
              printer.printRecord(record.keySet());
              headed = true;
            }
            printer.printRecord(record.values());
          }
          printer.flush();
        });
  }
}
