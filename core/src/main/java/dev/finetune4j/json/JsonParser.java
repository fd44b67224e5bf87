package dev.finetune4j.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON (RFC 8259, strictly) from UTF-8 bytes into the trees that {@link Json} describes.
 * Malformed UTF-8 is read as U+FFFD. Nesting is limited to 200 levels, and numbers to 1,000
 * characters and exponents of four digits. One instance parses any number of values, one after the
 * other, which is faster than one instance for each; not thread-safe.
 */
public final class JsonParser {
  private static final int DEEPEST = 200;
  private static final int KEYS = 512;
  private static final int MAXIMUM_NUMBER = 1_000;
  private static final int MAXIMUM_EXPONENT_DIGITS = 4;

  private final boolean repeatedMembers;
  private final @Nullable String[] keys = new String[KEYS];
  private final JsonPathTrace trace = new JsonPathTrace(DEEPEST);
  private byte[] bytes = new byte[0];
  private int start;
  private int position;
  private int end;

  /** Makes a parser that refuses an object with two members of the same name. */
  public JsonParser() {
    this(false);
  }

  /** Makes a parser; if it accepts repeated members, the last value counts. */
  JsonParser(boolean acceptsRepeatedMembers) {
    repeatedMembers = acceptsRepeatedMembers;
  }

  /**
   * Parses one value, which must fill the bytes from {@code from} (inclusive) to {@code to}
   * (exclusive), apart from white space.
   *
   * @throws JsonSyntaxException if it is not valid JSON; has the path, and the column in its
   *     message
   */
  public @Nullable Object parse(byte[] source, int from, int to) {
    bytes = source;
    start = from;
    position = from;
    end = to;
    trace.clear();
    skipSpace();
    Object value = value();
    skipSpace();
    if (position < end) {
      throw broken("there is more text after the value");
    }
    return value;
  }

  private @Nullable Object value() {
    if (position >= end) {
      throw broken("the text ends where a value is expected");
    }
    byte next = bytes[position];
    return switch (next) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw broken("a value cannot begin with " + JsonStrings.shown(bytes, position));
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(8);
    enter();
    skipSpace();
    if (peek() == '}') {
      return leave(map);
    }
    while (true) {
      if (peek() != '"') {
        throw broken("a member name in quotes is expected here");
      }
      String name = key();
      trace.name(name);
      if (!repeatedMembers && map.containsKey(name)) {
        throw broken("the member \"" + name + "\" occurs twice in one object");
      }
      skipSpace();
      expect(':', "a colon is expected after a member name");
      skipSpace();
      map.put(name, value());
      skipSpace();
      if (peek() == '}') {
        return leave(map);
      }
      expect(',', "a comma or a closing brace is expected after a member");
      skipSpace();
    }
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> list = new ArrayList<>();
    enter();
    skipSpace();
    if (peek() == ']') {
      return leave(list);
    }
    while (true) {
      trace.index(list.size());
      list.add(value());
      skipSpace();
      if (peek() == ']') {
        return leave(list);
      }
      expect(',', "a comma or a closing bracket is expected after an item");
      skipSpace();
    }
  }

  private void enter() {
    position++;
    if (!trace.deeper()) {
      throw broken("it is nested deeper than " + DEEPEST + " levels");
    }
  }

  private <T> T leave(T value) {
    position++;
    trace.shallower();
    return value;
  }

  private String key() {
    int from = position + 1;
    int hash = 0;
    int at = from;
    while (at < end && bytes[at] != '"' && bytes[at] >= 0x20 && bytes[at] != '\\') {
      hash = 31 * hash + bytes[at];
      at++;
    }
    if (at >= end || bytes[at] != '"') {
      return string();
    }
    int slot = (hash ^ (hash >>> 9)) & (KEYS - 1);
    String known = keys[slot];
    if (known == null || !JsonStrings.equal(known, bytes, from, at)) {
      known = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
      keys[slot] = known;
    }
    position = at + 1;
    return known;
  }

  private String string() {
    int from = position + 1;
    int at = from;
    int seen = 0;
    while (at < end) {
      byte next = bytes[at];
      if (next == '"') {
        position = at + 1;
        return new String(
            bytes,
            from,
            at - from,
            seen < 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
      }
      if (next == '\\') {
        return escaped(from, at);
      }
      if (next >= 0 && next < 0x20) {
        position = at;
        throw broken("a control character in a string must be written as an escape");
      }
      seen |= next;
      at++;
    }
    position = end;
    throw broken("a string has no closing quote");
  }

  private String escaped(int from, int firstEscape) {
    JsonStrings.Unescaped result = JsonStrings.unescape(bytes, from, firstEscape, end);
    position = result.next();
    if (result.problem() != null) {
      throw broken(result.problem());
    }
    return result.text();
  }

  private Number number() {
    int from = position;
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else {
      digits();
    }
    int whole = position;
    if (peek() == '.') {
      position++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      int exponent = position;
      digits();
      if (position - exponent > MAXIMUM_EXPONENT_DIGITS) {
        throw broken(
            "the exponent of a number has more than " + MAXIMUM_EXPONENT_DIGITS + " digits");
      }
    }
    int length = position - from;
    if (length > MAXIMUM_NUMBER) {
      throw broken("a number has more than " + MAXIMUM_NUMBER + " characters");
    }
    String digits = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    // Eighteen digits always fit a long; longer ones keep their digits in a BigDecimal.
    return position == whole && length < 19 ? Long.valueOf(digits) : new BigDecimal(digits);
  }

  private void digits() {
    int from = position;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    if (position == from) {
      throw broken("a digit is expected here");
    }
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (end - position < word.length()
        || !JsonStrings.equal(word, bytes, position, position + word.length())) {
      throw broken("only true, false and null are allowed without quotes");
    }
    position += word.length();
    return value;
  }

  private int peek() {
    return position < end ? bytes[position] : -1;
  }

  private void expect(char wanted, String otherwise) {
    if (peek() != wanted) {
      throw broken(otherwise);
    }
    position++;
  }

  private void skipSpace() {
    while (position < end) {
      byte next = bytes[position];
      if (next != ' ' && next != '\t' && next != '\n' && next != '\r') {
        return;
      }
      position++;
    }
  }

  private JsonSyntaxException broken(String why) {
    return new JsonSyntaxException(
        "Not valid JSON at column " + (position - start + 1) + ": " + why + ".", trace.path());
  }
}
