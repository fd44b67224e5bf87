package dev.finetune4j.providerkit.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the tokens of texts, remembering the counts of common words. Thread-safe.
 *
 * <p>Both encodings first cut a text into pieces, and no token crosses a cut. One space with an
 * ASCII word after it (a letter, then small letters) is always a piece of its own if neither a
 * letter, nor an apostrophe, nor a sign beyond ASCII follows: whatever stands before it ends before
 * the space. So such words, and what lies between them, can be counted apart, and the counts add up
 * to that of the whole text.
 */
final class PieceCounter {
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  private static final Map<EncodingType, PieceCounter> COUNTERS = new ConcurrentHashMap<>();
  private static final int LONGEST_WORD = 11;
  private static final int LONGEST_REST = 7;

  private final Encoding encoding;
  private final PieceCache words = new PieceCache();
  private final PieceCache rests = new PieceCache();

  private PieceCounter(Encoding encoding) {
    this.encoding = encoding;
  }

  static PieceCounter of(EncodingType type) {
    return COUNTERS.computeIfAbsent(type, t -> new PieceCounter(REGISTRY.getEncoding(t)));
  }

  long count(String text) {
    long tokens = 0;
    int restFrom = 0;
    int length = text.length();
    int at = 0;
    while (at < length) {
      int end = text.charAt(at) == ' ' ? wordEnd(text, at + 1) : -1;
      if (end < 0) {
        at++;
        continue;
      }
      tokens += rest(text, restFrom, at) + word(text, at, end);
      restFrom = end;
      at = end;
    }
    return tokens + rest(text, restFrom, length);
  }

  /** Returns where the word that begins at {@code from} ends, -1 if it is none to be cut out. */
  private static int wordEnd(String text, int from) {
    int length = text.length();
    if (from >= length || !isLetter(text.charAt(from))) {
      return -1;
    }
    int end = from + 1;
    while (end < length && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
      end++;
    }
    if (end - from > LONGEST_WORD) {
      return -1;
    }
    if (end < length) {
      char next = text.charAt(end);
      if (next >= 128 || next == '\'' || isLetter(next)) {
        return -1;
      }
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private long word(String text, int from, int end) {
    // Five bits a letter and one for a capital: the key is the word, so no two words share one.
    long key = text.charAt(from + 1) < 'a' ? 1 : 2;
    for (int i = from + 1; i < end; i++) {
      key = key << 5 | (text.charAt(i) & 31);
    }
    int known = words.find(key);
    if (known == 0) {
      known = encoding.countTokensOrdinary(text.substring(from, end));
      words.put(key, known);
    }
    return known;
  }

  private long rest(String text, int from, int end) {
    if (from == end) {
      return 0;
    }
    long key = end - from > LONGEST_REST ? 0 : 1;
    for (int i = from; i < end && key != 0; i++) {
      char c = text.charAt(i);
      key = c < 128 ? key << 7 | c : 0;
    }
    if (key == 0) {
      return encoding.countTokensOrdinary(text.substring(from, end));
    }
    int known = rests.find(key);
    if (known == 0) {
      known = encoding.countTokensOrdinary(text.substring(from, end));
      rests.put(key, known);
    }
    return known;
  }
}
