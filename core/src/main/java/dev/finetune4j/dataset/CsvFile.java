package dev.finetune4j.dataset;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Tables with a header line, in UTF-8, as RFC 4180 writes them. */
public final class CsvFile {
  private CsvFile() {}

  /** Returns the set that the rows of {@code file} make by {@code mapping}. Reads nothing yet. */
  public static FileDataset<ChatExample> read(Path file, ColumnMapping mapping) {
    return new FileDataset<>(file, FileKind.CSV, ExampleCodecs.columns(mapping));
  }

  /**
   * Writes a table with one column for each template of {@code mapping}, and returns what it could
   * not hold.
   *
   * @throws IllegalArgumentException if a template is more than a single {@code {{column}}}, so
   *     that texts cannot be taken apart again
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
