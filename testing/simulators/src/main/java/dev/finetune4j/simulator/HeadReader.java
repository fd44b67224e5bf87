package dev.finetune4j.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads the request line and the headers. */
final class HeadReader {
  private static final int MAXIMUM_LINE_BYTES = 65_536;

  private final Bytes in;

  /** Where the bytes come from; -1 at the end. */
  interface Bytes {
    int next() throws IOException;
  }

  HeadReader(Bytes in) {
    this.in = in;
  }

  /** Returns the next line without its end. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (true) {
      int next = in.next();
      if (next < 0) {
        throw new EOFException("The connection ended inside a head.");
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (next != '\r') {
        line.write(next);
      }
      if (line.size() > MAXIMUM_LINE_BYTES) {
        throw new IOException("A head has a line of more than 64 KiB.");
      }
    }
  }

  /** Returns the header lines up to the empty one; several of one name are joined by commas. */
  Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon).trim(),
            line.substring(colon + 1).trim(),
            (first, second) -> first + ", " + second);
      }
    }
    return headers;
  }
}
