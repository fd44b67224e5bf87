package dev.finetune4j.dataset.validation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The MinHash signature of a text: 64 bins over its word pairs (one-permutation hashing, empty bins
 * filled by rotation; Li, Owen and Zhang 2012, Shrivastava and Li 2014), with 4 bits per bin. The
 * share of equal bins of two texts estimates the share of word pairs that they have in common. Not
 * thread-safe.
 */
final class MinHash {
  static final int BINS = 64;

  /** Four longs hold 64 bins of 4 bits. */
  static final int LONGS = 4;

  private static final int FEWEST_WORDS = 10;
  private static final long EMPTY = -1;

  private final long[] smallest = new long[BINS];
  private long before;
  private int words;

  void clear() {
    Arrays.fill(smallest, EMPTY);
    words = 0;
    before = 0;
  }

  /** Adds the words of a text: runs of letters and digits; every other character is a word too. */
  void add(String original) {
    String text = TextHash.composed(original);
    long word = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isWordPart(c)) {
        int lower = c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c);
        word = (word ^ (lower + 1)) * 0x9E3779B97F4A7C15L;
        word ^= word >>> 31;
        continue;
      }
      if (word != 0) {
        word(word);
        word = 0;
      }
      if (c > ' ' && (c < 128 || !TextHash.isSpace(c))) {
        word(TextHash.mixed(c));
      }
    }
    if (word != 0) {
      word(word);
    }
  }

  private static boolean isWordPart(char c) {
    if (c < 128) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    // In scripts without spaces between words, each character counts as a word.
    return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
  }

  private void word(long word) {
    words++;
    if (words >= 2) {
      long pair = TextHash.mixed(word + 3 * before);
      int bin = (int) (pair >>> 58);
      long value = pair & 0x03FFFFFFFFFFFFFFL;
      if (smallest[bin] == EMPTY || value < smallest[bin]) {
        smallest[bin] = value;
      }
    }
    before = word;
  }

  /** Returns the number of words added so far. */
  int words() {
    return words;
  }

  /**
   * Returns the signature of the words added so far, null if they are too few to compare.
   *
   * @param other a hash of what is not words, such as images: texts with different ones share
   *     nothing
   */
  long @Nullable [] signature(long other) {
    if (words < FEWEST_WORDS) {
      return null;
    }
    long[] signature = new long[LONGS];
    for (int bin = 0; bin < BINS; bin++) {
      int steps = 0;
      int from = bin;
      while (smallest[from] == EMPTY) {
        from = (from + 1) % BINS;
        steps++;
      }
      long nibble = TextHash.mixed(smallest[from] + steps * 0x51ED270BL + other) & 0xF;
      signature[bin / 16] |= nibble << (4 * (bin % 16));
    }
    return signature;
  }
}
