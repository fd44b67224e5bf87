package dev.finetune4j.dataset.validation;

import java.text.Normalizer;

/** A 64-bit hash over a sequence of texts. Not thread-safe. */
final class TextHash {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** The first character that the composed form may change. */
  private static final char FIRST_COMBINING = 0x300;

  private long state = MULTIPLIER;

  void add(String text) {
    long hash = state;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      hash = (hash ^ text.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    state = mixed(hash + length);
  }

  /** Adds a text, ignoring case and the amount of white space. */
  void addNormalised(String original) {
    String text = composed(original);
    long hash = state;
    boolean space = false;
    boolean any = false;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128 ? c <= ' ' : isSpace(c)) {
        space = any;
        continue;
      }
      if (space) {
        hash = (hash ^ ' ') * MULTIPLIER;
        space = false;
      }
      any = true;
      hash = (hash ^ lower(c)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    state = mixed(hash);
  }

  /** Returns whether a character is white space, no-break spaces included. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /**
   * Returns a text in Unicode's composed form (NFC), in which equal texts have equal characters.
   */
  static String composed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  private static int lower(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return Character.toLowerCase(c);
  }

  void add(long value) {
    state = mixed(state ^ value * MULTIPLIER);
  }

  long value() {
    return state;
  }

  /** The finaliser of SplitMix64. */
  static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
