package dev.finetune4j.internal.record;

import dev.finetune4j.json.JsonParser;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final int BLOCK_CHARS = 1 << 20;

  private final InputStream in;
  private final CellReader reader;
  private final Charset charset;
  private final CSVFormat format;
  private final boolean headed;
  private List<String> columns;
  private @Nullable CSVParser parser;
  private @Nullable Iterator<CSVRecord> rows;
  private @Nullable FileFault fault;

  /** Reads from {@code in}, which this object closes. Reads nothing yet. */
  CsvBlocks(
      InputStream in,
      char delimiter,
      Optional<Character> quote,
      Charset charset,
      Optional<List<String>> header) {
    this.in = new BufferedInputStream(in);
    this.charset = charset;
    reader = new CellReader(this.in, charset, LineBlocks.MAXIMUM_LINE_BYTES);
    format =
        CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setDelimiter(delimiter)
            .setQuote(quote.orElse(null))
            .build();
    headed = header.isEmpty();
    columns = header.orElse(List.of());
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
      int chars = 0;
      while (block.size() < ROWS && chars < BLOCK_CHARS) {
        // A quoted cell may have line breaks, so a row starts where the previous one ended.
        line = opened.getCurrentLineNumber() + 1;
        if (!remaining.hasNext()) {
          break;
        }
        Row row = row(line, remaining.next());
        chars += row.chars();
        block.add(row);
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
      if (charset.equals(StandardCharsets.UTF_8)) {
        Utf8.requireUtf8(in);
      }
      parser = format.parse(new BufferedReader(reader));
      rows = parser.iterator();
      if (headed && rows.hasNext()) {
        columns = header(rows.next());
        reader.startRow();
      }
    }
    return parser;
  }

  private List<String> header(CSVRecord header) throws FileFault {
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
      if (CellReader.isMalformed(name)) {
        throw new FileFault(
            "invalid-encoding",
            1,
            "The header is not " + charset + ".",
            "Save the file as UTF-8, or read it with the encoding that it has.");
      }
    }
    return names;
  }

  private Row row(long line, CSVRecord cells) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    int chars = 0;
    RecordFault found = cells.size() == columns.size() ? RecordFault.NONE : RecordFault.RAGGED;
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      String cell = cells.get(i);
      if (CellReader.isMalformed(cell)) {
        found = RecordFault.BAD_ENCODING;
      }
      record.put(columns.get(i), cell);
      chars += cell.length();
    }
    return new Row(line, found, record, chars);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private record Row(
      long line, RecordFault fault, Map<String, @Nullable Object> cells, int chars) {}

  private record Rows(List<Row> rows) implements RecordBlock {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public long bytes() {
      return rows.stream().mapToLong(Row::chars).sum();
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
