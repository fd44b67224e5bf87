package dev.finetune4j.providerkit.token;

/**
 * Caches the token counts of short pieces of text; newer pieces replace older ones. The key of a
 * piece is the piece itself, packed into two longs, so no two pieces share one. Used by one thread.
 */
final class PieceCache {
  private static final int SLOTS = 1 << 17;
  private static final int LONGEST_ASCII = 18;
  private static final int LONGEST_OTHER = 7;

  private final long[] firsts = new long[SLOTS];
  private final long[] seconds = new long[SLOTS];
  private final byte[] tokens = new byte[SLOTS];
  private long first;
  private long second;

  /** Returns the tokens of a piece, 0 if they are not remembered. */
  int find(char[] text, int from, int end) {
    if (!pack(text, from, end)) {
      return 0;
    }
    int slot = slot();
    if (firsts[slot] == first && seconds[slot] == second) {
      return tokens[slot];
    }
    int other = slot ^ 1;
    return firsts[other] == first && seconds[other] == second ? tokens[other] : 0;
  }

  /** Remembers the tokens of the piece that was looked for last, if it is short enough. */
  void putLast(int count) {
    if (first == 0 || count > Byte.MAX_VALUE) {
      return;
    }
    int slot = slot();
    firsts[slot ^ 1] = firsts[slot];
    seconds[slot ^ 1] = seconds[slot];
    tokens[slot ^ 1] = tokens[slot];
    firsts[slot] = first;
    seconds[slot] = second;
    tokens[slot] = (byte) count;
  }

  private int slot() {
    long mixed = (first ^ Long.rotateLeft(second, 29)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 47);
  }

  /** Packs nine ASCII characters into a long, or four of any kind; false if there are too many. */
  private boolean pack(char[] text, int from, int end) {
    first = 0;
    second = 0;
    int length = end - from;
    if (length > LONGEST_ASCII) {
      return false;
    }
    long head = 0;
    long tail = 0;
    for (int i = from; i < end; i++) {
      char c = text[i];
      if (c == 0) {
        return false;
      } else if (c > 127) {
        return packOther(text, from, end);
      } else if (i - from < LONGEST_ASCII / 2) {
        head = head << 7 | c;
      } else {
        tail = tail << 7 | c;
      }
    }
    first = head;
    second = tail;
    return true;
  }

  private boolean packOther(char[] text, int from, int end) {
    if (end - from > LONGEST_OTHER) {
      return false;
    }
    // The top bit tells these keys from those of ASCII pieces, which never reach it.
    long tail = 1L << 63;
    long head = 0;
    for (int i = from; i < end; i++) {
      if (text[i] == 0) {
        return false;
      } else if (i - from < 4) {
        head = head << 16 | text[i];
      } else {
        tail |= (long) text[i] << (16 * (i - from - 4));
      }
    }
    first = head;
    second = tail;
    return true;
  }
}
