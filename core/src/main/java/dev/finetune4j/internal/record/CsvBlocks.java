package dev.finetune4j.internal.record;

import dev.finetune4j.json.JsonParser;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file with a header, each a map from column to text. */
public final class CsvBlocks implements RecordBlocks {
  private static final int ROWS = 512;
  private static final char BYTE_ORDER_MARK = 0xFEFF;

  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;

  /** Reads from {@code in}, which this object closes. */
  public CsvBlocks(InputStream in) throws IOException {
    parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .build()
            .parse(withoutMark(in));
    rows = parser.iterator();
  }

  private static Reader withoutMark(InputStream in) throws IOException {
    PushbackReader reader =
        new PushbackReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  @Override
  public @Nullable RecordBlock next() throws IOException {
    List<Long> lines = new ArrayList<>();
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    try {
      while (records.size() < ROWS) {
        // A quoted cell may have line breaks, so a row starts where the previous one ended.
        long line = parser.getCurrentLineNumber() + 1;
        if (!rows.hasNext()) {
          break;
        }
        records.add(new LinkedHashMap<>(rows.next().toMap()));
        lines.add(line);
      }
    } catch (UncheckedIOException e) {
      throw new JsonSyntaxException(
          "Invalid CSV after line "
              + parser.getCurrentLineNumber()
              + ": "
              + e.getMessage()
              + ". Save the file as UTF-8 with quotes doubled inside quoted cells.");
    }
    return records.isEmpty() ? null : new Rows(List.copyOf(lines), records);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private record Rows(List<Long> lines, List<Map<String, @Nullable Object>> records)
      implements RecordBlock {
    @Override
    public int size() {
      return records.size();
    }

    @Override
    public long line(int index) {
      return lines.get(index);
    }

    @Override
    public RecordFault fault(int index) {
      return RecordFault.NONE;
    }

    @Override
    public @Nullable Object tree(int index, JsonParser parser) {
      return records.get(index);
    }
  }
}
