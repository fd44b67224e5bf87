package dev.finetune4j.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * Reads one JSON value that fills the whole text, by the rules of {@link JsonParser}.
   *
   * @throws JsonSyntaxException if it is not JSON; the message names the column
   */
  public static @Nullable Object parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonParser().parse(bytes, 0, bytes.length);
  }

  /**
   * Reads one JSON value that another program wrote in UTF-8: of members with the same name the
   * last one counts, as most programs read them.
   *
   * @throws JsonSyntaxException if it is not JSON; the message names the column
   */
  public static @Nullable Object parse(byte[] utf8) {
    return new JsonParser(true).parse(utf8, 0, utf8.length);
  }

  /**
   * Reads one JSON object as {@link #parse(byte[])} does.
   *
   * @throws JsonSyntaxException if it is not JSON, or not an object
   */
  public static JsonObject parseObject(byte[] utf8) {
    return object(parse(utf8), "");
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
