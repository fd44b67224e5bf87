package dev.finetune4j.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one request on a reused connection: ends where the body ends. */
final class BodyInput extends InputStream {
  private static final long UNKNOWN = -1;

  private final HeadReader head;
  private final InputStream in;
  private final boolean chunked;
  private long left;
  private boolean ended;

  private BodyInput(HeadReader head, InputStream in, boolean chunked, long left) {
    this.head = head;
    this.in = in;
    this.chunked = chunked;
    this.left = left;
  }

  static BodyInput ofLength(HeadReader head, InputStream in, long length) {
    return new BodyInput(head, in, false, length);
  }

  static BodyInput inChunks(HeadReader head, InputStream in) {
    return new BodyInput(head, in, true, UNKNOWN);
  }

  /** Discards what has not been read. */
  void drain() throws IOException {
    byte[] buffer = new byte[16_384];
    int count;
    do {
      count = read(buffer, 0, buffer.length);
    } while (count >= 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (chunked && left <= 0) {
      nextChunk();
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The request ended before its body did.");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (left == 0) {
      // The last chunk was read completely, or the stream has ended.
      if (ended) {
        return;
      }
      head.line();
    }
    String size = head.line();
    int semicolon = size.indexOf(';');
    left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).trim(), 16);
    if (left == 0) {
      ended = true;
      // Trailers may follow the last chunk; they are ignored.
      head.headers();
    }
  }
}
