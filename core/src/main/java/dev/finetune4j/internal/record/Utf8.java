package dev.finetune4j.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Checks whether bytes are well-formed UTF-8. */
final class Utf8 {
  private static final int CHUNK = 4096;

  private Utf8() {}

  /** Returns the offset of the first byte that is not UTF-8, -1 if all are. */
  static int firstMalformed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= 0) {
      at++;
    }
    return at == to ? -1 : decode(bytes, at, to);
  }

  private static int decode(byte[] bytes, int from, int to) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(Math.min(CHUNK, to - from + 1));
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
      out.clear();
    }
  }

  /**
   * Skips a byte order mark, and refuses UTF-16 and UTF-32 by their first bytes.
   *
   * @param in must support marks
   */
  static boolean requireUtf8(InputStream in) throws IOException {
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    requireUtf8(start, start.length);
    boolean marked = hasMark(start, start.length);
    if (marked) {
      in.skipNBytes(3);
    }
    return marked;
  }

  static void requireUtf8(byte[] start, int length) throws FileFault {
    if (length < 2) {
      return;
    }
    int first = (start[0] & 0xFF) << 8 | (start[1] & 0xFF);
    if (first == 0xFEFF || first == 0xFFFE || start[0] == 0 || start[1] == 0) {
      throw new FileFault(
          "invalid-encoding",
          1,
          "The file is UTF-16 or UTF-32, not UTF-8.",
          "Save the file as UTF-8; nothing in it was checked.");
    }
  }

  static boolean hasMark(byte[] start, int length) {
    return length >= 3
        && start[0] == (byte) 0xEF
        && start[1] == (byte) 0xBB
        && start[2] == (byte) 0xBF;
  }
}
