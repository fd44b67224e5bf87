package dev.finetune4j.exchange.promptfoo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a table in memory. Stateless. */
final class CsvRows {
  private CsvRows() {}

  static List<List<String>> parse(String text) {
    String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
    CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).build();
    try (CSVParser parser = CSVParser.parse(new StringReader(table), format)) {
      return StreamSupport.stream(parser.spliterator(), false).map(CSVRecord::toList).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
