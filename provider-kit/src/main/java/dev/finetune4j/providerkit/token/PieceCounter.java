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

  private final Encoding encoding;
  private final PieceCache pieces = new PieceCache();

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
      tokens += piece(text, restFrom, at) + piece(text, at, end);
      restFrom = end;
      at = end;
    }
    return tokens + piece(text, restFrom, length);
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

  private long piece(String text, int from, int end) {
    if (from == end) {
      return 0;
    }
    boolean rememberable = end - from <= PieceCache.LONGEST;
    int known = rememberable ? pieces.find(text, from, end) : -1;
    if (known < 0) {
      String piece = text.substring(from, end);
      known = encoding.countTokensOrdinary(piece);
      if (rememberable) {
        pieces.put(piece, known);
      }
    }
    return known;
  }
}
