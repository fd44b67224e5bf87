package dev.finetune4j.dataset.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How a table is written: {@link #CSV} and {@link #TSV}, or variants of them. Quotes inside a
 * quoted cell are doubled, as in RFC 4180. Immutable and thread-safe.
 *
 * @param delimiter what is between two cells
 * @param quote what is around cells that contain delimiters, quotes or line breaks; empty if cells
 *     are never quoted
 * @param charset the encoding of the file
 * @param header the names of the columns, if the file has no header line; empty if its first line
 *     is one
 */
public record TableFormat(
    char delimiter, Optional<Character> quote, Charset charset, Optional<List<String>> header) {

  /** Commas, double quotes, UTF-8, with a header line. */
  public static final TableFormat CSV =
      new TableFormat(',', Optional.of('"'), StandardCharsets.UTF_8, Optional.empty());

  /** Tabulators, double quotes, UTF-8, with a header line. */
  public static final TableFormat TSV = CSV.withDelimiter('\t');

  /**
   * Checks that the characters can be told apart, and copies the header.
   *
   * @throws IllegalArgumentException if the delimiter is a line break or the quote, or the header
   *     names no column
   */
  public TableFormat {
    if (delimiter == '\n' || delimiter == '\r' || quote.filter(c -> c == delimiter).isPresent()) {
      throw new IllegalArgumentException(
          "The delimiter must not be a line break or the quote; use a comma, a semicolon or a"
              + " tabulator.");
    }
    header = header.map(List::copyOf);
    if (header.filter(List::isEmpty).isPresent()) {
      throw new IllegalArgumentException("The header names no column; name at least one.");
    }
  }

  /** Returns this format with another delimiter. */
  public TableFormat withDelimiter(char other) {
    return new TableFormat(other, quote, charset, header);
  }

  /** Returns this format with another quote. */
  public TableFormat withQuote(char other) {
    return new TableFormat(delimiter, Optional.of(other), charset, header);
  }

  /** Returns this format for cells that are never quoted. */
  public TableFormat withoutQuotes() {
    return new TableFormat(delimiter, Optional.empty(), charset, header);
  }

  /** Returns this format in another encoding, such as that of {@code windows-1252}. */
  public TableFormat withCharset(Charset other) {
    return new TableFormat(delimiter, quote, other, header);
  }

  /** Returns this format for files without a header line, whose columns have these names. */
  public TableFormat withHeader(String... columns) {
    return new TableFormat(delimiter, quote, charset, Optional.of(List.of(columns)));
  }
}
