package dev.finetune4j.internal.record;

import dev.finetune4j.json.JsonParser;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file with a header, each a map from column to text. A column without a name, as
 * pandas writes for an index, is named by its number: {@code column 1}.
 */
public final class CsvBlocks implements RecordBlocks {
  private static final int ROWS = 512;

  private final InputStream in;
  private final Utf8Reader reader;
  private List<String> columns = List.of();
  private @Nullable CSVParser parser;
  private @Nullable Iterator<CSVRecord> rows;
  private @Nullable FileFault fault;

  /** Reads from {@code in}, which this object closes. Reads nothing yet. */
  public CsvBlocks(InputStream in) {
    this.in = new BufferedInputStream(in);
    reader = new Utf8Reader(this.in, LineBlocks.MAXIMUM_LINE_BYTES);
  }

  @Override
  public @Nullable RecordBlock next() throws IOException {
    if (fault != null) {
      throw fault;
    }
    List<Row> block = new ArrayList<>();
    long line = 1;
    try {
      CSVParser opened = open();
      Iterator<CSVRecord> remaining = rows == null ? opened.iterator() : rows;
      while (block.size() < ROWS) {
        // A quoted cell may have line breaks, so a row starts where the previous one ended.
        line = opened.getCurrentLineNumber() + 1;
        if (!remaining.hasNext()) {
          break;
        }
        block.add(row(line, remaining.next()));
        reader.startRow();
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      fault =
          e.getCause() instanceof FileFault found
              ? found.at(line)
              : new FileFault(
                  "invalid-table",
                  line,
                  "Invalid CSV: " + e.getMessage() + ".",
                  "Double the quotes inside quoted cells, and close each of them; nothing after"
                      + " this place was checked.");
      if (block.isEmpty()) {
        throw fault;
      }
    }
    return block.isEmpty() ? null : new Rows(block);
  }

  private CSVParser open() throws IOException {
    if (parser == null) {
      Utf8.requireUtf8(in);
      parser =
          CSVFormat.RFC4180
              .builder()
              .setIgnoreEmptyLines(true)
              .build()
              .parse(new BufferedReader(reader));
      rows = parser.iterator();
      if (rows.hasNext()) {
        columns = header(rows.next());
        reader.startRow();
      }
    }
    return parser;
  }

  private static List<String> header(CSVRecord header) throws FileFault {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String cell : header) {
      String name = cell.isBlank() ? "column " + (names.size() + 1) : cell;
      names.add(name);
      if (!seen.add(name)) {
        throw new FileFault(
            "invalid-table",
            1,
            "Two columns are named \"" + name + "\".",
            "Rename or remove one of them; no row was checked.");
      }
      if (Utf8Reader.isMalformed(name)) {
        throw new FileFault(
            "invalid-encoding", 1, "The header is not UTF-8.", "Save the file as UTF-8.");
      }
    }
    return names;
  }

  private Row row(long line, CSVRecord cells) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    RecordFault found = cells.size() == columns.size() ? RecordFault.NONE : RecordFault.RAGGED;
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      String cell = cells.get(i);
      if (Utf8Reader.isMalformed(cell)) {
        found = RecordFault.BAD_ENCODING;
      }
      record.put(columns.get(i), cell);
    }
    return new Row(line, found, record);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private record Row(long line, RecordFault fault, Map<String, @Nullable Object> cells) {}

  private record Rows(List<Row> rows) implements RecordBlock {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public long line(int index) {
      return rows.get(index).line();
    }

    @Override
    public RecordFault fault(int index) {
      return rows.get(index).fault();
    }

    @Override
    public @Nullable Object tree(int index, JsonParser parser) {
      return rows.get(index).cells();
    }
  }
}
