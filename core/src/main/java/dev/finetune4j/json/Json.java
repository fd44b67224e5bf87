package dev.finetune4j.json;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as trees of {@code Map<String, Object>} (in order), {@code List<Object>},
 * {@code String}, {@code Long}, {@code BigDecimal}, {@code Boolean} and null. Stateless.
 */
public final class Json {

  private Json() {}

  /**
   * Reads one JSON value that fills the whole text.
   *
   * @throws JsonSyntaxException if it is not JSON; the message names the path
   */
  public static @Nullable Object parse(String text) {
    Buffer buffer = new Buffer().writeUtf8(text);
    try (JsonReader reader = JsonReader.of(buffer)) {
      Object value = read(reader);
      if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
        throw new JsonSyntaxException("There is more text after the JSON value.");
      }
      return value;
    } catch (IOException | RuntimeException e) {
      if (e instanceof JsonSyntaxException syntax) {
        throw syntax;
      }
      String message = e.getMessage();
      throw new JsonSyntaxException(
          "Not valid JSON: " + (message == null ? "the text is empty or cut off" : message));
    }
  }

  /**
   * Reads one JSON object.
   *
   * @throws JsonSyntaxException if it is not JSON, or not an object
   */
  public static JsonObject parseObject(String text) {
    return object(parse(text), "");
  }

  /**
   * Reads one JSON object; messages about it and its members begin with {@code source}.
   *
   * @throws JsonSyntaxException if it is not JSON, or not an object
   */
  public static JsonObject parseObject(String text, String source) {
    try {
      return object(parse(text), source);
    } catch (JsonSyntaxException e) {
      throw new JsonSyntaxException(source + ": " + e.getMessage(), e.path());
    }
  }

  /**
   * Reads a file of one JSON object in UTF-8; messages about it begin with the name of the file.
   *
   * @throws IOException if the file cannot be read
   * @throws JsonSyntaxException if it is not JSON, or not an object
   */
  public static JsonObject readObject(Path file) throws IOException {
    return parseObject(Files.readString(file), String.valueOf(file.getFileName()));
  }

  private static JsonObject object(@Nullable Object value, String source) {
    if (value instanceof Map<?, ?> map) {
      return JsonObject.of(map, source, "");
    }
    throw new JsonSyntaxException("Expected a JSON object, got " + kind(value) + ".");
  }

  /** Writes a tree on one line, members in the order of the maps. */
  public static String write(@Nullable Object tree) {
    return write(tree, "");
  }

  /** Writes a tree on many lines, two spaces deeper for each level. */
  public static String writeIndented(@Nullable Object tree) {
    return write(tree, "  ");
  }

  /**
   * Writes a tree on one line, members sorted by name at every level: equal content, equal text.
   */
  public static String writeCanonical(@Nullable Object tree) {
    return write(sorted(tree), "");
  }

  /**
   * Returns what kind of value it is, for messages: {@code an object}, {@code a string}, {@code
   * null}.
   */
  public static String kind(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof Map) {
      return "an object";
    } else if (value instanceof List) {
      return "an array";
    } else if (value instanceof String) {
      return "a string";
    } else if (value instanceof Boolean) {
      return "a boolean";
    }
    return "a number";
  }

  private static String write(@Nullable Object tree, String indent) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.setLenient(true);
      writer.setIndent(indent);
      write(writer, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  private static void write(JsonWriter writer, @Nullable Object tree) throws IOException {
    if (tree instanceof Map<?, ?> map) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        writer.name(String.valueOf(entry.getKey()));
        write(writer, entry.getValue());
      }
      writer.endObject();
    } else if (tree instanceof Iterable<?> list) {
      writer.beginArray();
      for (Object item : list) {
        write(writer, item);
      }
      writer.endArray();
    } else if (tree == null) {
      writer.nullValue();
    } else if (tree instanceof Boolean flag) {
      writer.value(flag);
    } else if (tree instanceof Double number) {
      writeDouble(writer, number);
    } else if (tree instanceof Number number) {
      writer.value(number);
    } else {
      writer.value(String.valueOf(tree));
    }
  }

  private static void writeDouble(JsonWriter writer, double number) throws IOException {
    // JSON has no infinity and no NaN; write null instead.
    if (Double.isFinite(number)) {
      writer.value(number);
    } else {
      writer.nullValue();
    }
  }

  private static @Nullable Object read(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> readObject(reader);
      case BEGIN_ARRAY -> readArray(reader);
      case STRING -> reader.nextString();
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> reader.nextNull();
      default -> number(reader.nextString());
    };
  }

  private static Map<String, @Nullable Object> readObject(JsonReader reader) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      map.put(reader.nextName(), read(reader));
    }
    reader.endObject();
    return map;
  }

  private static List<@Nullable Object> readArray(JsonReader reader) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(read(reader));
    }
    reader.endArray();
    return list;
  }

  private static Number number(String digits) {
    if (digits.length() < 19 && digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return Long.valueOf(digits);
    }
    return new BigDecimal(digits);
  }

  private static @Nullable Object sorted(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      TreeMap<String, @Nullable Object> copy = new TreeMap<>();
      map.forEach((key, value) -> copy.put(String.valueOf(key), sorted(value)));
      return copy;
    } else if (tree instanceof Iterable<?> items) {
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return tree;
  }
}
