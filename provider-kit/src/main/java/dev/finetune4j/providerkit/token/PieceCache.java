package dev.finetune4j.providerkit.token;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the tokens of short pieces of text, in a table in which newer pieces push out older
 * ones. Thread-safe without locks: entries never change, and a thread that misses another's newest
 * entry only counts once more.
 */
final class PieceCache {
  /** Longer pieces hardly ever come again. */
  static final int LONGEST = 24;

  private static final int SLOTS = 1 << 17;

  private final @Nullable Entry[] entries = new Entry[SLOTS];

  private record Entry(String piece, int tokens) {
    boolean is(String text, int from, int length) {
      return piece.length() == length && text.startsWith(piece, from);
    }
  }

  /** Returns the tokens of a piece of {@code text}, -1 if they are not remembered. */
  int find(String text, int from, int end) {
    int slot = slot(text, from, end);
    Entry first = entries[slot];
    if (first != null && first.is(text, from, end - from)) {
      return first.tokens();
    }
    Entry second = entries[slot ^ 1];
    return second != null && second.is(text, from, end - from) ? second.tokens() : -1;
  }

  void put(String piece, int tokens) {
    int slot = slot(piece, 0, piece.length());
    entries[slot ^ 1] = entries[slot];
    entries[slot] = new Entry(piece, tokens);
  }

  private static int slot(String text, int from, int end) {
    int hash = 0;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return ((hash * 0x9E3779B9) >>> 14) & (SLOTS - 1);
  }
}
