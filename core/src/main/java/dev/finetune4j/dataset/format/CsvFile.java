package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Reads and writes tables, by default with commas and a header line, in UTF-8, as defined by RFC
 * 4180; {@link TableFormat} has the other ways.
 */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Returns the rows of {@code file} as examples, converted by {@code mapping}. Reads nothing yet.
   */
  public static FileDataset<ChatExample> read(Path file, ColumnMapping mapping) {
    return new FileDataset<>(file, FileKind.CSV, ExampleCodecs.columns(mapping));
  }

  /** Returns the rows of a table as examples, converted by {@code codec}. Reads nothing yet. */
  public static <E extends Example> FileDataset<E> read(
      Path file, TableFormat format, ExampleCodec<E> codec) {
    return new FileDataset<>(file, FileKind.CSV, format, codec);
  }

  /** Returns the rows of a table as examples, converted by {@code mapping}. Reads nothing yet. */
  public static FileDataset<ChatExample> read(
      Path file, TableFormat format, ColumnMapping mapping) {
    return read(file, format, ExampleCodecs.columns(mapping));
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
    return write(dataset, file, TableFormat.CSV, mapping);
  }

  /**
   * Writes a table in another way. A header in {@code format} means that the file gets no header
   * line; its names do not matter.
   *
   * @throws IllegalArgumentException if a template is not a single {@code {{column}}}, or the
   *     format has no quote, so that not every text can be written
   * @throws DataFileException if the file cannot be written, also because its encoding lacks a
   *     character
   */
  public static ConversionReport write(
      Dataset<ChatExample> dataset, Path file, TableFormat format, ColumnMapping mapping) {
    char quote =
        format
            .quote()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "A table without quotes cannot hold every text; use a quote to write."));
    CSVFormat csv =
        CSVFormat.RFC4180.builder().setDelimiter(format.delimiter()).setQuote(quote).build();
    return DatasetWriting.write(
        dataset,
        ExampleCodecs.columns(mapping),
        file,
        (out, records) -> {
          CSVPrinter printer =
              new CSVPrinter(
                  new BufferedWriter(new OutputStreamWriter(out, format.charset().newEncoder())),
                  csv);
          boolean headed = format.header().isPresent();
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
