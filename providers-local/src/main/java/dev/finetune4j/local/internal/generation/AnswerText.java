package dev.finetune4j.local.internal.generation;

import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * The growing text of one answer: which part can be shown, and whether a stop text was reached. Not
 * thread-safe.
 */
final class AnswerText {
  private static final char UNFINISHED_CHARACTER = '\uFFFD';

  private final Tokenizer tokenizer;
  private final List<String> stop;
  private final boolean watched;
  private int[] tokens = new int[32];
  private int count;
  private String text = "";
  private int shown;
  private boolean stopped;

  /**
   * Starts empty.
   *
   * @param streamed whether text is read before the end
   */
  AnswerText(Tokenizer tokenizer, List<String> stop, boolean streamed) {
    this.tokenizer = tokenizer;
    this.stop = stop;
    this.watched = streamed || !stop.isEmpty();
  }

  void add(int token) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
    }
    tokens[count++] = token;
    if (watched) {
      read();
    }
  }

  private void read() {
    text = tokenizer.decode(Arrays.copyOf(tokens, count));
    for (String end : stop) {
      int at = text.indexOf(end);
      if (at >= 0) {
        text = text.substring(0, at);
        stopped = true;
      }
    }
  }

  int count() {
    return count;
  }

  boolean isStopped() {
    return stopped;
  }

  /** Returns new text that no later token can change or make part of a stop text. */
  String fresh() {
    int safe = text.length();
    while (safe > shown && text.charAt(safe - 1) == UNFINISHED_CHARACTER) {
      safe--;
    }
    for (String end : stop) {
      for (int length = Math.min(end.length() - 1, safe - shown); length > 0; length--) {
        if (text.regionMatches(safe - length, end, 0, length)) {
          safe -= length;
          break;
        }
      }
    }
    return take(safe);
  }

  /** Returns the whole text, at the end. */
  String whole() {
    if (!stopped) {
      read();
    }
    return text;
  }

  /** Returns the rest of the text, at the end. */
  String rest() {
    return take(whole().length());
  }

  private String take(int upTo) {
    String part = text.substring(Math.min(shown, upTo), upTo);
    shown = Math.max(shown, upTo);
    return part;
  }
}
