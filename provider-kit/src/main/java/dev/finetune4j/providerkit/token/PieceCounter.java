package dev.finetune4j.providerkit.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the tokens of texts and caches the counts of common words. Thread-safe.
 *
 * <p>Both encodings first cut a text into pieces, and no token crosses a cut. One space with an
 * ASCII word after it (a letter, then small letters) is always a piece of its own if neither a
 * letter, nor an apostrophe, nor a sign beyond ASCII follows: the preceding piece ends before the
 * space. So such words, and what lies between them, can be counted apart, and the counts add up to
 * that of the whole text. A run of digits is cut every three, and each such number is one token; it
 * is counted apart where at most one space precedes it, since more spaces would be cut in another
 * way.
 */
final class PieceCounter {
  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  private static final Map<EncodingType, PieceCounter> COUNTERS = new ConcurrentHashMap<>();

  private final Encoding encoding;
  private final ThreadLocal<PieceCache> pieces = ThreadLocal.withInitial(PieceCache::new);

  private PieceCounter(Encoding encoding) {
    this.encoding = encoding;
  }

  static PieceCounter of(EncodingType type) {
    return COUNTERS.computeIfAbsent(type, t -> new PieceCounter(REGISTRY.getEncoding(t)));
  }

  long count(String text) {
    char[] characters = text.toCharArray();
    PieceCache cache = pieces.get();
    long tokens = 0;
    int restFrom = 0;
    int length = characters.length;
    int at = 0;
    while (at < length) {
      char c = characters[at];
      int wordEnd = c == ' ' ? wordEnd(characters, at + 1) : -1;
      int end = wordEnd < 0 && c >= '0' && c <= '9' ? digitsEnd(characters, at) : wordEnd;
      if (end < 0) {
        at++;
        continue;
      }
      if (restFrom < at) {
        tokens += piece(cache, characters, restFrom, at);
      }
      tokens += wordEnd < 0 ? (end - at + 2) / 3 : piece(cache, characters, at, end);
      restFrom = end;
      at = end;
    }
    return restFrom == length ? tokens : tokens + piece(cache, characters, restFrom, length);
  }

  /** Returns where the word that begins at {@code from} ends, -1 if it is not such a word. */
  private static int wordEnd(char[] text, int from) {
    int length = text.length;
    if (from >= length || !isLetter(text[from])) {
      return -1;
    }
    int end = from + 1;
    while (end < length && text[end] >= 'a' && text[end] <= 'z') {
      end++;
    }
    if (end < length) {
      char next = text[end];
      if (next >= 128 || next == '\'' || isLetter(next)) {
        return -1;
      }
    }
    return end;
  }

  /** Returns where the digits that begin at {@code from} end, -1 if they are not to be cut out. */
  private static int digitsEnd(char[] text, int from) {
    if (from > 0) {
      char before = text[from - 1];
      boolean apart = before > ' ' && before < 128 && (before < '0' || before > '9');
      boolean oneSpace =
          before == ' ' && (from == 1 || text[from - 2] > ' ') && isAscii(text, from - 2);
      if (!apart && !oneSpace) {
        return -1;
      }
    }
    int end = from + 1;
    while (end < text.length && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    return isAscii(text, end) ? end : -1;
  }

  private static boolean isAscii(char[] text, int at) {
    return at < 0 || at >= text.length || text[at] < 128;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private long piece(PieceCache cache, char[] text, int from, int end) {
    int known = cache.find(text, from, end);
    if (known == 0) {
      known = encoding.countTokensOrdinary(new String(text, from, end - from));
      cache.putLast(known);
    }
    return known;
  }
}
