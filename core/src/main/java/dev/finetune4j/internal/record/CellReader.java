package dev.finetune4j.internal.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes text, with each malformed byte as half of a surrogate pair, which no text has: so a fault
 * can be attributed to the cell that contains it. Ends with a fault when a row is too long.
 */
final class CellReader extends Reader {
  private static final char MALFORMED = 0xDC00;

  private final InputStream in;
  private final long maximumRow;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).limit(0);
  private final CharsetDecoder decoder;
  private boolean ended;
  private long row;

  CellReader(InputStream in, Charset charset, long maximumRow) {
    this.in = in;
    this.maximumRow = maximumRow;
    decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Returns whether a text contains a malformed byte. */
  static boolean isMalformed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
      } else if (Character.isLowSurrogate(c)) {
        return true;
      }
    }
    return false;
  }

  /** Starts the count of the next row. */
  void startRow() {
    row = 0;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(target, from, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (result.isError() && out.hasRemaining()) {
        out.put((char) (MALFORMED | (bytes.get() & 0xFF)));
        bytes.position(bytes.position() + result.length() - 1);
      } else if (out.position() > 0 || result.isOverflow()) {
        break;
      } else if (ended) {
        return -1;
      } else {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = count < 0;
        bytes.position(bytes.position() + Math.max(0, count)).flip();
      }
    }
    row += out.position();
    if (row > maximumRow) {
      throw new FileFault(
          "line-too-long",
          1,
          "The row is longer than " + (maximumRow >> 20) + " MiB.",
          "Look for a quote that is not closed; nothing after this place was checked.");
    }
    return out.position();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
