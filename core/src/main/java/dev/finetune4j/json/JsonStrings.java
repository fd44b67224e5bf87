package dev.finetune4j.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The scalar half of {@link JsonParser}: strings with escapes, comparing bytes. */
final class JsonStrings {
  private static final int LONGEST_SHOWN = 20;

  private JsonStrings() {}

  /** A string that was read, or why it could not be, and where to continue. */
  record Unescaped(String text, @Nullable String problem, int next) {}

  static boolean equal(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  static String shown(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && to - from < LONGEST_SHOWN && bytes[to] > ' ' && bytes[to] != ',') {
      to++;
    }
    return to == from
        ? "byte " + (bytes[from] & 0xff)
        : "\"" + new String(bytes, from, to - from, StandardCharsets.ISO_8859_1) + "\"";
  }

  /** Reads the rest of a string that began at {@code from}, from its first escape. */
  static Unescaped unescape(byte[] bytes, int from, int firstEscape, int end) {
    StringBuilder text = new StringBuilder(end - from > 4096 ? 4096 : end - from);
    int plain = from;
    int at = firstEscape;
    while (at < end) {
      byte next = bytes[at];
      if (next == '"') {
        append(text, bytes, plain, at);
        return finished(text, at);
      }
      if (next >= 0 && next < 0x20) {
        return failed("a control character in a string must be written as an escape", at);
      }
      if (next != '\\') {
        at++;
        continue;
      }
      append(text, bytes, plain, at);
      int length = escape(text, bytes, at, end);
      if (length == 0) {
        return failed("an escape that JSON does not have", at);
      }
      at += length;
      plain = at;
    }
    return failed("a string has no closing quote", end);
  }

  private static Unescaped finished(StringBuilder text, int quote) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return failed(
              String.format("the escape \\u%04x is only half of a character", (int) c), quote);
        }
        i++;
      }
    }
    return new Unescaped(text.toString(), null, quote + 1);
  }

  private static Unescaped failed(String problem, int at) {
    return new Unescaped("", problem, at);
  }

  private static void append(StringBuilder text, byte[] bytes, int from, int to) {
    if (to > from) {
      text.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /**
   * Appends the character of an escape and returns the length of the escape, 0 if it is not valid.
   */
  private static int escape(StringBuilder text, byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return 0;
    }
    if (bytes[at + 1] == 'u') {
      return unicode(text, bytes, at, end);
    }
    int index = "\"\\/bfnrt".indexOf(bytes[at + 1]);
    if (index < 0) {
      return 0;
    }
    text.append("\"\\/\b\f\n\r\t".charAt(index));
    return 2;
  }

  private static int unicode(StringBuilder text, byte[] bytes, int at, int end) {
    if (at + 6 > end) {
      return 0;
    }
    int code = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return 0;
      }
      code = code * 16 + digit;
    }
    text.append((char) code);
    return 6;
  }
}
