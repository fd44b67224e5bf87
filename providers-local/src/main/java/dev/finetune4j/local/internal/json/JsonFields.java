package dev.finetune4j.local.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, read as named fields; a field of the wrong kind is reported with the file and
 * the key. Immutable.
 *
 * <p>A field that is {@code null} counts as absent.
 */
public final class JsonFields {
  private final String source;
  private final Map<String, @Nullable Object> fields;

  private JsonFields(String source, Map<String, @Nullable Object> fields) {
    this.source = source;
    this.fields = fields;
  }

  /** Reads a whole file. */
  public static JsonFields read(Path file) throws IOException {
    return parse(Files.readString(file), file.getFileName().toString());
  }

  /**
   * Reads a text.
   *
   * @param source what messages call the text
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public static JsonFields parse(String json, String source) {
    try {
      Object value = JsonReader.of(new Buffer().writeUtf8(json)).readJsonValue();
      return of(value, source);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(source + " is not a JSON object: " + e.getMessage(), e);
    }
  }

  private static JsonFields of(@Nullable Object value, String source) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(source + ": an object was expected");
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach((key, field) -> fields.put(String.valueOf(key), field));
    return new JsonFields(source, Collections.unmodifiableMap(fields));
  }

  /** Whether the field is there and not null. */
  public boolean has(String key) {
    return fields.get(key) != null;
  }

  /** The names of all fields, in the order of the text. */
  public List<String> keys() {
    return List.copyOf(fields.keySet());
  }

  /** The field as parsed (map, list, string, double, boolean), or null. */
  public @Nullable Object raw(String key) {
    return fields.get(key);
  }

  /** The text in a field, or {@code fallback} where it is absent. */
  public String text(String key, String fallback) {
    Object value = fields.get(key);
    return value == null ? fallback : cast(key, value, String.class);
  }

  /** The text in a field that must be there. */
  public String requireText(String key) {
    return cast(key, require(key), String.class);
  }

  /** The number in a field, or {@code fallback} where it is absent. */
  public double number(String key, double fallback) {
    Object value = fields.get(key);
    return value == null ? fallback : cast(key, value, Double.class);
  }

  /** The whole number in a field that must be there. */
  public int requireInteger(String key) {
    return whole(key, cast(key, require(key), Double.class));
  }

  /** The whole number in a field, or {@code fallback} where it is absent. */
  public int integer(String key, int fallback) {
    return whole(key, number(key, fallback));
  }

  /** The truth value in a field, or {@code fallback} where it is absent. */
  public boolean flag(String key, boolean fallback) {
    Object value = fields.get(key);
    return value == null ? fallback : cast(key, value, Boolean.class);
  }

  /** The object in a field that must be there. */
  public JsonFields object(String key) {
    return of(require(key), source + ": " + key);
  }

  /** The list in a field, empty where it is absent. */
  public List<Object> list(String key) {
    Object value = fields.get(key);
    if (value == null) {
      return List.of();
    }
    List<Object> elements = new ArrayList<>();
    for (Object element : cast(key, value, List.class)) {
      elements.add(element);
    }
    return elements;
  }

  private Object require(String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw new IllegalArgumentException(source + " has no \"" + key + "\"");
    }
    return value;
  }

  private int whole(String key, double value) {
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          source + ": \"" + key + "\" is not a whole number: " + value);
    }
    return (int) value;
  }

  private <T> T cast(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          source + ": \"" + key + "\" has a value of the wrong kind: " + value);
    }
    return type.cast(value);
  }
}
