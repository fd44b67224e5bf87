package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.internal.record.Compression;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a file is written by its first bytes, and its format by letting every grammar read
 * its first records: the one with the fewest findings fits.
 */
final class FileDetector {
  private static final int HEAD_BYTES = 1 << 16;
  private static final int RECORDS = 100;
  private static final char[] DELIMITERS = {',', '\t', ';', '|'};
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /** Formats of answers to learn, then formats of prompts, which take any other member. */
  private static final List<List<ExampleCodec<?>>> CANDIDATES =
      List.of(
          List.of(
              ExampleCodecs.openAiChat(),
              ExampleCodecs.openAiPreference(),
              ExampleCodecs.chosenRejected(),
              ExampleCodecs.promptCompletion(),
              ExampleCodecs.unpairedPreference(),
              ExampleCodecs.alpaca(),
              ExampleCodecs.alpacaPreference(),
              ExampleCodecs.shareGpt(),
              ExampleCodecs.shareGptPreference()),
          List.of(ExampleCodecs.openAiReinforcement(), ExampleCodecs.promptOnly()));

  private final Path file;
  private final boolean gzipped;
  private final byte[] head;
  private final boolean whole;

  private FileDetector(Path file) throws IOException {
    this.file = file;
    try (InputStream raw = Files.newInputStream(file)) {
      gzipped = raw.read() == 0x1F && raw.read() == 0x8B;
    }
    try (InputStream in = Compression.open(file)) {
      head = in.readNBytes(HEAD_BYTES);
      whole = head.length < HEAD_BYTES;
    }
  }

  static DetectedFile detect(Path file) throws IOException {
    return new FileDetector(file).detect();
  }

  private DetectedFile detect() {
    if (head.length == 0) {
      return unknown(null, "The file is empty.");
    }
    String magic = new String(head, 0, Math.min(4, head.length), StandardCharsets.ISO_8859_1);
    if (magic.startsWith("PK")) {
      return unknown(
          null, "It is a ZIP archive, or an Excel file. Unpack it, or save the table as CSV.");
    } else if (magic.equals("PAR1")) {
      return unknown(
          null, "It is a Parquet file. Read it with ParquetFiles of finetune4j-huggingface.");
    }
    Charset charset = charset();
    String text = decode(charset);
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[{") || start.matches("(?s)\\[\\s*[{\\]].*")) {
      boolean array = start.startsWith("[");
      if (!charset.equals(StandardCharsets.UTF_8)) {
        return unknown(null, "It is JSON in the encoding " + charset + ". Save the file as UTF-8.");
      }
      if (!array && isOneObject(start)) {
        return unknown(
            null,
            "It is one JSON object over several lines, not one object per line. Write each example"
                + " on one line, or put them into one array.");
      }
      return records(array ? FileKind.JSON_ARRAY : FileKind.JSON_LINES, TableFormat.CSV, "");
    }
    if (start.indexOf('\0') >= 0) {
      return unknown(null, "It is not text. Export the data as JSON lines.");
    }
    return table(text, charset);
  }

  private boolean isOneObject(String text) {
    int end = text.indexOf('\n');
    if (end < 0 || text.isBlank()) {
      return false;
    }
    try {
      Json.parse(text.substring(0, end));
      return false;
    } catch (JsonSyntaxException onFirstLine) {
      try {
        return whole && Json.parse(text) instanceof Map;
      } catch (JsonSyntaxException e) {
        return false;
      }
    }
  }

  private Charset charset() {
    int first = head.length < 2 ? 0 : (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
    if (first == 0xFEFF || first == 0xFFFE) {
      return StandardCharsets.UTF_16;
    }
    if (head.length >= 2 && (head[0] == 0 ^ head[1] == 0)) {
      return head[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(head);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(bytes, CharBuffer.allocate(head.length + 1), whole);
    return result.isError() ? WINDOWS : StandardCharsets.UTF_8;
  }

  private String decode(Charset charset) {
    return charset.decode(ByteBuffer.wrap(head)).toString();
  }

  private DetectedFile unknown(@Nullable FileKind kind, String explanation) {
    return new DetectedFile(
        file,
        gzipped,
        Optional.ofNullable(kind),
        TableFormat.CSV,
        Optional.empty(),
        DetectedFile.Certainty.UNKNOWN,
        explanation);
  }

  /** Finds the delimiter that cuts most rows into the same number of cells, more than one. */
  private DetectedFile table(String text, Charset charset) {
    char best = ',';
    int bestColumns = 1;
    double bestShare = 0;
    List<String> header = List.of();
    for (char delimiter : DELIMITERS) {
      List<CSVRecord> rows = rows(text, delimiter);
      if (rows.isEmpty()) {
        continue;
      }
      int columns = rows.get(0).size();
      double share =
          rows.stream().filter(row -> row.size() == columns).count() / (double) rows.size();
      if (columns > 1 && (share > bestShare || (share == bestShare && columns > bestColumns))) {
        best = delimiter;
        bestColumns = columns;
        bestShare = share;
        header = rows.get(0).toList();
      }
    }
    if (bestColumns == 1) {
      return unknown(null, "It is neither JSON nor a table. Export the data as JSON lines.");
    }
    TableFormat format = TableFormat.CSV.withDelimiter(best).withCharset(charset);
    String encoding = charset.equals(StandardCharsets.UTF_8) ? "" : ", encoding " + charset;
    boolean named = header.stream().noneMatch(String::isBlank);
    return records(
        FileKind.CSV,
        format,
        (named ? "columns " + header : bestColumns + " columns") + encoding + "; ");
  }

  private List<CSVRecord> rows(String text, char delimiter) {
    List<CSVRecord> rows = new ArrayList<>();
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .build()
            .parse(new StringReader(text))) {
      for (CSVRecord row : parser) {
        rows.add(row);
        if (rows.size() == RECORDS) {
          return rows;
        }
      }
    } catch (IOException | IllegalStateException | UncheckedIOException e) {
      // The text is cut off inside a quoted cell, or this is not the delimiter.
      return rows;
    }
    if (!whole && rows.size() > 1) {
      rows.remove(rows.size() - 1);
    }
    return rows;
  }

  private DetectedFile records(FileKind kind, TableFormat table, String seen) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    String fault = "";
    try {
      FileDataset<?> any = new FileDataset<>(file, kind, table, ExampleCodecs.openAiChat());
      RecordStream.firstRecords(any, RECORDS, records);
    } catch (MalformedExampleException e) {
      fault = e.getMessage() == null ? "" : e.getMessage();
    }
    if (records.isEmpty()) {
      return new DetectedFile(
          file,
          gzipped,
          Optional.of(kind),
          table,
          Optional.empty(),
          DetectedFile.Certainty.UNKNOWN,
          seen + (fault.isEmpty() ? "There are no records." : fault));
    }
    Score best = best(records);
    if (best != null) {
      boolean certain = best.penalty() == 0 && fault.isEmpty();
      return new DetectedFile(
          file,
          gzipped,
          Optional.of(kind),
          table,
          Optional.of(best.codec()),
          certain ? DetectedFile.Certainty.CERTAIN : DetectedFile.Certainty.LIKELY,
          seen + best.explanation(records.size()) + (fault.isEmpty() ? "" : " Then: " + fault));
    }
    Set<String> members = new TreeSet<>(records.get(0).keySet());
    boolean text = members.contains("text");
    return new DetectedFile(
        file,
        gzipped,
        Optional.of(kind),
        table,
        Optional.empty(),
        DetectedFile.Certainty.UNKNOWN,
        seen
            + "No format has records with the members "
            + members
            + ". "
            + (text
                ? "Plain texts for language modeling are not read; split them into questions and"
                    + " answers."
                : "Name the members with ExampleCodecs.renamed or ExampleCodecs.columns."));
  }

  /**
   * Returns the format that fits best, null if none reads most of the records: one of answers if it
   * finds no error in most records, else the one with the fewest findings.
   */
  private static @Nullable Score best(List<Map<String, @Nullable Object>> records) {
    Score best = null;
    for (List<ExampleCodec<?>> tier : CANDIDATES) {
      for (ExampleCodec<?> codec : tier) {
        Score score = Score.of(codec, records);
        if (score.read() * 2 > records.size()
            && (best == null || score.penalty() < best.penalty())) {
          best = score;
        }
      }
      if (best != null && best.valid() * 2 > records.size()) {
        return best;
      }
    }
    return best;
  }

  /** How well a format fits: how many records it reads, and what it finds in them. */
  private record Score(
      ExampleCodec<?> codec, int read, int valid, int clean, long penalty, String first) {

    static Score of(ExampleCodec<?> codec, List<Map<String, @Nullable Object>> records) {
      int read = 0;
      int valid = 0;
      int clean = 0;
      Counter all = new Counter();
      for (Map<String, @Nullable Object> record : records) {
        Counter counter = new Counter();
        Example example = codec.read(record, counter);
        read += example != null ? 1 : 0;
        valid += example != null && counter.errors == 0 ? 1 : 0;
        clean += example != null && counter.errors + counter.warnings == 0 ? 1 : 0;
        all.errors += example == null ? 2 : Math.min(1, counter.errors);
        all.warnings += counter.warnings;
        all.findings.addAll(counter.findings);
      }
      String first = all.findings.stream().sorted().findFirst().orElse("");
      return new Score(codec, read, valid, clean, all.errors * 1000L + all.warnings, first);
    }

    String explanation(int records) {
      String counted = clean + " of " + records + (records == 1 ? " record" : " records");
      return counted
          + (clean == 1 ? " fits" : " fit")
          + " without a finding"
          + (first.isEmpty() ? "." : "; for example " + first + ".");
    }
  }

  /** Counts findings. */
  private static final class Counter implements RecordProblems {
    private long errors;
    private long warnings;
    private final Set<String> findings = new HashSet<>();

    @Override
    public void error(String rule, String path, String message, String suggestion) {
      errors++;
      findings.add(rule + " at " + path);
    }

    @Override
    public void warning(String rule, String path, String message, String suggestion) {
      warnings++;
      findings.add(rule + " at " + path);
    }

    @Override
    public void note(String rule, String path, String message, String suggestion) {}
  }
}
