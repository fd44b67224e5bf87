package dev.finetune4j.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens data files, gzipped or not, as blocks of records. */
public final class RecordFiles {
  private RecordFiles() {}

  /** Opens a file with one record per line. */
  public static RecordBlocks lines(Path file) throws IOException {
    return new LineBlocks(Compression.open(file));
  }

  /** Opens a file that is a JSON array. */
  public static RecordBlocks array(Path file) throws IOException {
    return new ArrayBlocks(Compression.open(file));
  }

  /**
   * Opens a table.
   *
   * @param quote what is around cells, empty for nothing
   * @param header the names of the columns, empty if the first line has them
   */
  public static RecordBlocks table(
      Path file,
      char delimiter,
      Optional<Character> quote,
      Charset charset,
      Optional<List<String>> header)
      throws IOException {
    return new CsvBlocks(Compression.open(file), delimiter, quote, charset, header);
  }

  /** Returns whether the first character other than white space is an opening bracket. */
  public static boolean beginsWithBracket(Path file) throws IOException {
    try (InputStream in = Compression.open(file)) {
      int next = in.read();
      while (next >= 0 && (Character.isWhitespace(next) || next > 0x7F)) {
        next = in.read();
      }
      return next == '[';
    }
  }
}
